"""Which layer wins, and that each value knows where it came from."""

from capgen.diagnostics import Location
from capgen.load import load_text
from capgen.model.build import build_model
from capgen.model.regional import RegionModel

TOP = """\
api_version: capgen/v1
name: cap
agent: {image: example.com/cap/agent:1}
network: {vpc_id: vpc-0a1b2c3d, subnet_ids: [subnet-0a1b2c3d, subnet-0f1e2d3c]}
"""


def region(text: str, name: str = "eu-west-1") -> RegionModel:
    document, diagnostics = load_text(TOP + text, "cap.yaml")
    assert document is not None
    assert not diagnostics
    model, diagnostics = build_model(document)
    assert model is not None, diagnostics
    return next(region for region in model.regions if region.values.region == name)


def test_the_region_goes_before_the_top_before_the_profile_before_the_default() -> None:
    found = region(
        "environment: development\n"
        "database: {backup_retention_period: 3, port: 5433}\n"
        "regions:\n"
        "  eu-west-1: {database: {port: 5434}}\n"
    )
    database = found.values.database
    assert (database.port, database.backup_retention_period) == (5434, 3)
    assert (database.multi_az, database.allocated_storage) == (False, 50)
    kinds = {
        field: found.sources.origins["database", field].kind for field in ("port", "multi_az", "allocated_storage")
    }
    assert kinds == {"port": "spec", "multi_az": "profile", "allocated_storage": "default"}
    assert found.sources.value_at("database", "port") == Location("cap.yaml", 8, 32, 4)
    assert found.sources.value_at("database", "backup_retention_period").line == 6
    assert found.sources.value_at("database", "multi_az").line == 8


def test_one_region_does_not_touch_another() -> None:
    text = "tags: {a: '1'}\nregions:\n  eu-west-1: {tags: {b: '2'}}\n  eu-west-2: {}\n"
    assert region(text).values.tags == {"a": "1", "b": "2"}
    assert region(text, "eu-west-2").values.tags == {"a": "1"}


def test_lists_are_replaced_as_a_whole() -> None:
    text = "access: {web_cidrs: [10.0.0.0/8, 11.0.0.0/8]}\nregions:\n  eu-west-1: {access: {web_cidrs: [12.0.0.0/8]}}\n"
    found = region(text)
    assert found.values.access.web_cidrs == ("12.0.0.0/8",)
    assert ("access", "web_cidrs", 1) not in found.sources.origins
    assert found.sources.value_at("access", "web_cidrs", 0).line == 7


def test_waivers_add_up_and_each_keeps_its_line() -> None:
    waiver = "{check: CKV_AWS_1, resource: NAME, owner: me, reason: long enough to be a reason, expires: 2027-06-30}"
    policy = f"policy: {{waivers: [{waiver}]}}"
    top, own = policy.replace("NAME", "a"), policy.replace("NAME", "b")
    found = region(f"environment: staging\n{top}\nregions:\n  eu-west-1: {{{own}}}\n")
    profile = len(found.values.policy.waivers) - 2
    assert profile > 0
    assert found.sources.origins["policy", "waivers", 0].kind == "profile"
    assert found.sources.value_at("policy", "waivers", profile, "check").line == 6
    assert found.sources.value_at("policy", "waivers", profile + 1, "check").line == 8
    owners = [(waiver.owner, waiver.expires) for waiver in found.values.policy.waivers]
    assert owners == [*[(None, None)] * profile, *[("me", "2027-06-30")] * 2]


def test_an_optional_section_gets_its_inner_defaults_only_when_it_is_there() -> None:
    assert region("regions: {eu-west-1: {}}\n").values.agent.health_check is None
    health_check = region(
        "regions: {eu-west-1: {agent: {health_check: {command: [CMD, a]}}}}\n"
    ).values.agent.health_check
    assert health_check is not None
    assert health_check.interval == 30


def test_a_value_that_no_layer_has_is_named_with_its_region() -> None:
    document, _ = load_text(
        "api_version: capgen/v1\nname: cap\nagent: {image: example.com/a/b:1}\nregions:\n  eu-west-1: {}\n", "cap.yaml"
    )
    assert document is not None
    model, diagnostics = build_model(document)
    assert model is None
    assert [(found.path, found.location and found.location.line) for found in diagnostics] == [
        ("network.vpc_id", 5),
        ("network.subnet_ids", 5),
    ]
