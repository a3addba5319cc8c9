"""The pipelines for GitLab: what waits for what, and who may read what."""

from typing import Any

from capgen.ci import PipelineOptions, gitlab_pipeline, regions_pipeline
from tests.ci.scripts import parsed_yaml
from tests.ci.variants import FLEET

JOBS: dict[str, Any] = parsed_yaml(regions_pipeline(PipelineOptions(), FLEET))


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
        if isinstance(job, dict) and "stage" in job:
            before = [JOBS[each]["stage"] for each in waits_for(name)] if "needs" in job else []
            before += [JOBS[each]["stage"] for each in job.get("dependencies", ())]
            assert all(JOBS["stages"].index(stage) < JOBS["stages"].index(job["stage"]) for stage in before), name


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
        elif isinstance(job, dict):
            assert not [
                path for path in job.get("artifacts", {}).get("paths", []) if "plan.json" in path or "tfplan" in path
            ]


def test_only_what_runs_terraform_gets_a_token() -> None:
    with_token = {name for name, job in JOBS.items() if isinstance(job, dict) and job.get("extends") == ".terraform"}
    assert with_token == {name for name in JOBS if name.startswith(("plan ", "apply "))}
    whole = parsed_yaml(gitlab_pipeline(PipelineOptions(), file=".gitlab-ci.yml"))
    assert not [name for name, job in whole.items() if isinstance(job, dict) and "id_tokens" in job]


def test_on_the_default_branch_nothing_goes_on_before_the_check() -> None:
    affected = parsed_yaml(gitlab_pipeline(PipelineOptions(), file=".gitlab-ci.yml"))["affected"]
    assert affected["needs"] == [{"job": "check"}]
    by_rule = [rule.get("needs") for rule in affected["rules"]]
    assert by_rule == [None, [], None]
    assert "never" in affected["rules"][0]["when"]


def test_an_account_of_its_own_has_roles_of_its_own() -> None:
    script = "\n".join(JOBS["plan cap-a eu-west-1"]["script"])
    assert 'role="${AWS_PLAN_ROLE_ARN_111111111111:-$AWS_PLAN_ROLE_ARN}"' in script
    assert 'role="$AWS_APPLY_ROLE_ARN"' in "\n".join(JOBS["apply cap-b us-east-1"]["script"])


def test_a_pipeline_with_nothing_to_do_has_a_job() -> None:
    jobs = parsed_yaml(regions_pipeline(PipelineOptions(), []))
    assert [name for name, job in jobs.items() if isinstance(job, dict) and "script" in job] == ["nothing"]
    assert jobs["nothing"]["stage"] in jobs["stages"]
