"""The pipelines for GitLab: what waits for what, and who may read what."""

from pathlib import Path

import pytest

from capgen.ci import PipelineOptions, gitlab_pipeline, regions_pipeline
from tests.ci.scripts import Script, gitlab_jobs, gitlab_scripts, parsed_yaml, run, script_of
from tests.ci.variants import FLEET, root

TEXT = regions_pipeline(PipelineOptions(), FLEET)
JOBS = gitlab_jobs(TEXT)
STAGES: list[str] = parsed_yaml(TEXT)["stages"]


def waits_for(job: str) -> list[str]:
    return [need["job"] for need in JOBS[job]["needs"]]


def test_a_region_waits_for_those_of_its_own_deployment() -> None:
    assert waits_for("plan cap-a eu-central-1") == ["apply cap-a eu-west-1"]
    assert waits_for("plan cap-a eu-west-1") == []
    assert waits_for("plan cap-b us-east-1") == []
    assert JOBS["plan cap-a eu-central-1"]["needs"][0]["optional"] is True
    assert waits_for("apply cap-a eu-west-1") == ["plan cap-a eu-west-1", "judge cap-a eu-west-1"]


def test_a_job_needs_nothing_of_a_later_stage() -> None:
    """GitLab refuses a pipeline in which one does."""
    for name, job in JOBS.items():
        before = [JOBS[each]["stage"] for each in waits_for(name)] if "needs" in job else []
        before += [JOBS[each]["stage"] for each in job.get("dependencies", ())]
        assert all(STAGES.index(stage) < STAGES.index(job["stage"]) for stage in before), name


def test_apply_is_started_by_hand_and_only_on_the_default_branch() -> None:
    applies = [job for name, job in JOBS.items() if name.startswith("apply ")]
    assert len(applies) == len(FLEET)
    for job in applies:
        assert job["rules"] == [
            {"if": "$MERGE_REQUEST", "when": "never"},
            {"if": '$CI_COMMIT_BRANCH == "main"', "when": "manual", "allow_failure": False},
        ]
        assert job["environment"]["name"]
    assert len({job["resource_group"] for job in applies}) == len(FLEET)


def test_a_plan_can_be_read_by_jobs_only() -> None:
    for name, job in JOBS.items():
        if name.startswith("plan "):
            assert job["artifacts"]["access"] == "none"
        else:
            assert not [
                path for path in job.get("artifacts", {}).get("paths", []) if "plan.json" in path or "tfplan" in path
            ]


def test_only_what_runs_terraform_gets_a_token() -> None:
    with_token = {name for name, job in JOBS.items() if "id_tokens" in job}
    assert with_token == {name for name in JOBS if name.startswith(("plan ", "apply "))}
    assert with_token
    whole = parsed_yaml(gitlab_pipeline(PipelineOptions(), file=".gitlab-ci.yml"))
    assert not [name for name, job in whole.items() if isinstance(job, dict) and "id_tokens" in job]


def test_on_the_default_branch_nothing_goes_on_before_the_check() -> None:
    affected = parsed_yaml(gitlab_pipeline(PipelineOptions(), file=".gitlab-ci.yml"))["affected"]
    assert affected["needs"] == [{"job": "check"}]
    by_rule = [rule.get("needs") for rule in affected["rules"]]
    assert by_rule == [None, [], None]
    assert "never" in affected["rules"][0]["when"]


PROJECT, FORK = {"CI_PROJECT_ID": "1"}, {"CI_PROJECT_ID": "2"}
OWN = {"CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "1", "CI_MERGE_REQUEST_PROJECT_ID": "1"}
FROM_FORK = {"CI_MERGE_REQUEST_SOURCE_PROJECT_ID": "2", "CI_MERGE_REQUEST_PROJECT_ID": "1"}


@pytest.mark.parametrize(
    ("given", "planned"),
    [
        ({**PROJECT, **OWN}, True),
        ({**FORK, **FROM_FORK}, False),  # where a fork's merge request runs
        ({**PROJECT, **FROM_FORK}, False),  # unless a member of the target's project starts it there
    ],
)
def test_nothing_of_a_fork_is_planned(given: dict[str, str], planned: bool) -> None:
    jobs = parsed_yaml(gitlab_pipeline(PipelineOptions(), file=".gitlab-ci.yml"))
    variables = {**given, "CI_PIPELINE_SOURCE": "merge_request_event"}
    for name in ("affected", "regions"):
        first = next(rule for rule in jobs[name]["rules"] if holds(rule.get("if", '"" == ""'), variables))
        assert (first.get("when") != "never") is planned


def holds(condition: str, variables: dict[str, str]) -> bool:
    """Work out comparisons that are joined by `&&`: https://docs.gitlab.com/ci/jobs/job_rules/."""

    def value(word: str) -> str:
        return variables.get(word[1:], "") if word.startswith("$") else word.strip('"')

    comparisons = [part.split() for part in condition.split(" && ")]
    return all((value(one) == value(other)) is (sign == "==") for one, sign, other in comparisons)


@pytest.mark.parametrize(
    ("job", "role"),
    [
        ("plan cap-a eu-west-1", "plan-1"),  # of account 111111111111
        ("plan cap-a eu-central-1", "plan"),  # of account 222222222222, which has no role of its own
        ("plan cap-b us-east-1", "plan"),
        ("apply cap-a eu-west-1", "apply-1"),
        ("apply cap-b us-east-1", "apply"),
    ],
)
def test_an_account_of_its_own_has_roles_of_its_own(job: str, role: str, tmp_path: Path) -> None:
    script = script_of(gitlab_scripts(TEXT), job, "script")
    shown = Script(script.job, script.name, script.text + '\necho "took on $AWS_ROLE_ARN"', script.env)
    (tmp_path / script.env["DIRECTORY"]).mkdir(parents=True)
    roles = {"AWS_PLAN_ROLE_ARN": "plan", "AWS_PLAN_ROLE_ARN_111111111111": "plan-1",
             "AWS_APPLY_ROLE_ARN": "apply", "AWS_APPLY_ROLE_ARN_111111111111": "apply-1"}  # fmt: skip
    ran = run(shown, tmp_path, **{"AFTER": "", "MERGE_REQUEST": "", "AWS_ID_TOKEN": "x", **script.env, **roles})
    assert ran.code == 0, ran.output
    assert ran.output.splitlines()[-1] == f"took on {role}"


def test_a_region_more_adds_little() -> None:
    """GitLab refuses a pipeline whose file is too large: what the jobs share stands there once."""
    regions = [root(f"cap-{number:03d}") for number in range(101)]
    one, all = (len(regions_pipeline(PipelineOptions(), regions[:count])) for count in (1, 101))
    assert (all - one) / 100 < 2_000


def test_a_pipeline_with_nothing_to_do_has_a_job() -> None:
    text = regions_pipeline(PipelineOptions(), [])
    jobs = gitlab_jobs(text)
    assert list(jobs) == ["nothing"]
    assert jobs["nothing"]["stage"] in parsed_yaml(text)["stages"]
