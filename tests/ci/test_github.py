"""The workflow for GitHub: which jobs run when, with which rights."""

from typing import Any

import pytest

from capgen.ci import PipelineOptions, github_workflow
from tests.ci.graph import results
from tests.ci.scripts import parsed_yaml
from tests.ci.variants import SHA, VARIANTS

TEXT = github_workflow(PipelineOptions(), file="x.yml", waves=3, password=True)
REPOSITORY = "acme/deployments"
PUSH = {"event_name": "push", "ref": "refs/heads/main", "repository": REPOSITORY,
        "event.pull_request.head.repo.full_name": ""}  # fmt: skip
PULL_REQUEST = {**PUSH, "event_name": "pull_request", "ref": "refs/pull/1/merge",
                "event.pull_request.head.repo.full_name": REPOSITORY}  # fmt: skip
FORK = {**PULL_REQUEST, "event.pull_request.head.repo.full_name": "mallory/deployments"}
TWO_WAVES = {"affected.wave_1": "[1]", "affected.wave_2": "[2]", "affected.wave_3": "[]", "changes_1.regions": "[1]",
             "changes_2.regions": "[2]"}  # fmt: skip


def ran(github: dict[str, str], *failing: str, **outputs: str) -> set[str]:
    given = {**TWO_WAVES, **{name.replace("__", "."): value for name, value in outputs.items()}}
    found = results(TEXT, github, given, frozenset(failing))
    return {name for name, result in found.items() if result != "skipped"}


ALWAYS = {"check", "code_scanning", "result"}


def test_a_pull_request_plans_and_applies_nothing() -> None:
    assert ran(PULL_REQUEST) == {*ALWAYS, "affected", "plan_1", "plan_2", "comment"}
    assert ran(PULL_REQUEST, "plan_1", "check") == {*ALWAYS, "affected", "plan_1", "plan_2", "comment"}
    nothing = ran(PULL_REQUEST, affected__wave_1="[]", affected__wave_2="[]")
    assert nothing == {*ALWAYS, "affected", "comment"}


def test_a_fork_gets_no_credentials() -> None:
    assert ran(FORK) == {"check", "result"}


def test_a_merge_queue_is_checked() -> None:
    assert ran({**PUSH, "event_name": "merge_group", "ref": "refs/heads/gh-readonly-queue/main/pr-1"}) == {
        "check",
        "result",
    }


def test_the_default_branch_applies_wave_after_wave() -> None:
    waves = {f"{job}_{wave}" for wave in (1, 2) for job in ("plan", "changes", "apply")}
    assert ran(PUSH) == {*ALWAYS, "affected", *waves}
    assert ran({**PUSH, "event_name": "workflow_dispatch"}) == {*ALWAYS, "affected", *waves}
    assert ran(PUSH, changes_1__regions="[]") == {*ALWAYS, "affected", *waves} - {"apply_1"}


def test_another_branch_applies_nothing() -> None:
    assert ran({**PUSH, "event_name": "workflow_dispatch", "ref": "refs/heads/topic"}) == ALWAYS


def test_nothing_is_applied_that_the_check_refuses() -> None:
    assert ran(PUSH, "check") == {*ALWAYS, "affected", "plan_1"}


@pytest.mark.parametrize("failing", ["plan_1", "changes_1", "apply_1"])
def test_what_fails_stops_the_waves_after_it(failing: str) -> None:
    jobs = ran(PUSH, failing)
    assert not {job for job in jobs if job.endswith(("_2", "_3"))}
    assert ("apply_1" in jobs) is (failing != "changes_1")  # of a wave, the regions that passed are applied
    assert results(TEXT, PUSH, TWO_WAVES, frozenset({failing}))["result"] == "success"  # it runs, and its script fails


def steps(job: dict[str, Any]) -> list[dict[str, Any]]:
    return list(job["steps"])


@pytest.mark.parametrize("name", VARIANTS)
def test_every_job_has_the_least_that_it_needs(name: str) -> None:
    workflow = parsed_yaml(github_workflow(VARIANTS[name], file="x.yml", waves=2, password=False))
    assert workflow["permissions"] == {}
    for job_name, job in workflow["jobs"].items():
        assert job["timeout-minutes"] <= 60
        with_credentials = job_name.startswith(("plan_", "apply_"))
        assert ("id-token" in job.get("permissions", {})) is with_credentials
        assert ("environment" in job) is job_name.startswith("apply_")
        writes = {scope for scope, right in job.get("permissions", {}).items() if right == "write"}
        assert writes <= {
            "id-token" if with_credentials else "pull-requests" if job_name == "comment" else "security-events"
        }
        for step in steps(job):
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False
    apply = workflow["jobs"]["apply_1"]
    assert apply["concurrency"] == {
        "group": "capgen-apply-${{ matrix.deployment }}-${{ matrix.region }}", "cancel-in-progress": False,
    }  # fmt: skip
    assert not [
        step for step in steps(apply) if "setup-python" in step.get("uses", "")
    ]  # the role that writes runs Terraform


def test_no_plan_of_a_pull_request_is_kept() -> None:
    plan = parsed_yaml(TEXT)["jobs"]["plan_1"]
    kept = [step for step in steps(plan) if step.get("uses", "").startswith("actions/upload-artifact@")]
    assert [step["with"]["name"].split("-")[0] for step in kept] == ["review", "plan"]
    assert "github.event_name != 'pull_request'" in kept[1]["if"]
    assert kept[1]["with"]["retention-days"] == 3


def test_a_pin_stands_with_its_version() -> None:
    text = github_workflow(VARIANTS["everything"], file="x.yml", waves=1, password=False)
    assert f"uses: actions/checkout@{SHA} # v6\n" in text
    assert "uses: actions/upload-artifact@v7\n" in text
