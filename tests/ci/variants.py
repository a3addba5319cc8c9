"""Every choice that there is for a pipeline, taken at least once, and in pairs that touch the same lines."""

from capgen.ci import PipelineOptions, Root, Tool

SHA = "0123456789abcdef0123456789abcdef01234567"

VARIANTS = {
    "default": PipelineOptions(),
    "everything": PipelineOptions(
        specs=("specs", "more/one.yaml", "teams/*/specs/**/*.yaml"), out="terraform", default_branch="release/1.x",
        tool=Tool.TOFU, tool_version="1.11.2", python_version="3.13", requirement="capgen @ https://example.com/capgen.whl",
        environment_name="{account}/{deployment}-{environment}-{region}",
        judging=("--waivers", "waivers/shared.yaml", "--policies", "policies", "--fail-on", "high"),
        allowances="review/allowed.txt", retention_days=30, runner="self-hosted",
        pins={"actions/checkout": SHA, "opentofu/setup-opentofu": SHA}, code_scanning=False,
        image="registry.example.com/tools/python:3.13", tool_image="registry.example.com/tools/tofu@sha256:abc",
    ),
    "hostile": PipelineOptions(
        specs=("it's; touch owned", "$(touch owned)", "`touch owned`"), out='o"ut: #x', default_branch="a-b",
        requirement="capgen # $(touch owned) ${HOME} '\"", environment_name="x: [y, $(touch owned)] '{region}\"",
        judging=("--waivers", "w | touch owned", "--policies", "-p\\"), allowances="a > owned",
    ),
}  # fmt: skip


def root(deployment: str = "cap-a", region: str = "eu-west-1", *, step: int = 0, account: str = "") -> Root:
    """Return a root as it is found in the specs."""
    return Root(deployment=deployment, region=region, directory=f"out/{deployment}/{region}",
                environment=f"production-{region}", account=account, step=step)  # fmt: skip


FLEET = [
    root("cap-a", "eu-central-1", step=1, account="222222222222"),
    root("cap-a", "eu-west-1", account="111111111111"),
    root("cap-b", "us-east-1"),
]
