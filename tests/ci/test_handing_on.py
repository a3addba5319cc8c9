"""What one job tells the next, and what becomes of it: plan, gate, changes, result, comment."""

import json
import subprocess
from pathlib import Path

import pytest

from capgen.ci import PipelineOptions, comment, github_workflow, gitlab_pipeline, outputs, regions_pipeline, waves
from tests.ci.scripts import github_scripts, gitlab_scripts, run, script_of
from tests.ci.variants import FLEET

REPOSITORY = Path(__file__).parents[2]
ACTION = (REPOSITORY / "action.yml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("event", "code", "after", "ends", "outcome"),
    [
        ("pull_request", "2", "", 0, {"plan": 2, "gate": 0}),
        ("pull_request", "0", "", 0, {"plan": 0, "gate": 0}),
        ("pull_request", "1", "", 1, {"plan": 1, "gate": None}),
        ("pull_request", "1", "eu-west-1", 0, {"plan": 1, "gate": None}),
    ],
)
def test_plan_and_gate_hand_on_how_they_ended(
    event: str, code: str, after: str, ends: int, outcome: dict[str, int | None], tmp_path: Path
) -> None:
    scripts = github_scripts(github_workflow(PipelineOptions(), file="x.yml", waves=1, password=False))
    env = {"DIRECTORY": "out/cap-a/eu-west-1", "AFTER": after, "PLAN_CODE": code, "PLAN": code, "EVENT": event,
           "ROOT": json.dumps({"deployment": "cap-a", "after": after})}  # fmt: skip
    assert run(script_of(scripts, "plan_1", "Plan"), tmp_path, **env).code == ends
    assert run(script_of(scripts, "plan_1", "Judge the plan"), tmp_path, **env).code == 0
    assert json.loads((tmp_path / "review" / "outcome.json").read_text()) == {
        "deployment": "cap-a", "after": after, **outcome,
    }  # fmt: skip


def test_only_what_changes_and_passed_is_applied(tmp_path: Path) -> None:
    scripts = github_scripts(github_workflow(PipelineOptions(), file="x.yml", waves=1, password=False))
    said = outputs(waves(FLEET), 2).splitlines()
    regions = json.loads(said[0].removeprefix("wave_1="))
    assert [each["region"] for each in regions] == ["eu-west-1", "us-east-1"]
    assert json.loads(said[1].removeprefix("wave_2="))[0]["after"] == "eu-west-1"
    codes = [(2, 0), (0, 0), (2, 3), (2, 1), (1, None)]
    for index, (plan, gate) in enumerate(codes):
        folder = tmp_path / "reviews" / str(index)
        folder.mkdir(parents=True)
        (folder / "outcome.json").write_text(
            json.dumps({**regions[0], "region": str(index), "plan": plan, "gate": gate})
        )
    ran = run(script_of(scripts, "changes_1", "Which plans change something and passed?"), tmp_path)
    assert ran.code == 0
    kept = json.loads((tmp_path / ".github_output").read_text().removeprefix("regions="))
    assert [each["region"] for each in kept] == ["0"]
    assert set(kept[0]) == {"deployment", "region", "directory", "environment", "account", "step", "source", "takes"}


def test_the_result_is_that_of_every_job(tmp_path: Path) -> None:
    scripts = github_scripts(github_workflow(PipelineOptions(), file="x.yml", waves=1, password=False))
    for result, code in (("success", 0), ("skipped", 0), ("failure", 1), ("cancelled", 1)):
        needs = json.dumps({"check": {"result": "success"}, "apply_1": {"result": result}})
        assert (
            run(script_of(scripts, "result", "Did everything succeed that had to run?"), tmp_path, NEEDS=needs).code
            == code
        )


def test_a_second_run_updates_the_comment_of_the_first(tmp_path: Path) -> None:
    github = github_scripts(github_workflow(PipelineOptions(), file="x.yml", waves=1, password=False))
    env = {"REPOSITORY": "o/r", "PULL_REQUEST": "7", "RUN": "https://example.com"}
    for printed, method, address in (
        ("", "POST", "repos/o/r/issues/7/comments"), ("41\n", "PATCH", "repos/o/r/issues/comments/41"),
    ):  # fmt: skip
        ran = run(
            script_of(github, "comment", "Write the comment, or write it anew"), tmp_path, GH_PRINTS=printed, **env
        )
        assert ran.code == 0, ran.output
        assert ran.commands[-1][:5] == ["gh", "api", "--method", method, address]
    gitlab = gitlab_scripts(regions_pipeline(PipelineOptions(), FLEET))
    env = {"GITLAB_TOKEN": "secret", "CI_API_V4_URL": "https://example.com", "CI_PROJECT_ID": "5", "MERGE_REQUEST": "7"}
    notes = [{"id": 1, "body": "hello"}, {"id": 41, "body": "<!-- capgen pipeline -->\nold"}]
    for found, method in (([], "POST"), (notes, "PUT")):
        ran = run(script_of(gitlab, "comment", "script"), tmp_path, CURL_PRINTS=json.dumps(found), **env)
        assert ran.code == 0, ran.output
        assert method in ran.commands[-1]
        assert ran.commands[-1][-1].endswith("/merge_requests/7/notes" + ("/41" if found else ""))
        assert not [words for words in ran.commands if "secret" in " ".join(words)]
    unset = run(script_of(gitlab, "comment", "script"), tmp_path, **{**env, "GITLAB_TOKEN": ""})
    assert (unset.code, [words[0] for words in unset.commands]) == (0, ["capgen"])


@pytest.mark.parametrize(
    ("code", "after", "merge_request", "ends", "gate"),
    [("2", "", "", 0, 0), ("0", "", "7", 0, 0), ("1", "", "7", 1, None), ("1", "eu-west-1", "7", 0, None),
     ("1", "eu-west-1", "", 1, None)],
)  # fmt: skip
def test_gitlabs_plan_and_gate_hand_on_how_they_ended(
    code: str, after: str, merge_request: str, ends: int, gate: int | None, tmp_path: Path
) -> None:
    scripts = gitlab_scripts(regions_pipeline(PipelineOptions(), FLEET))
    (tmp_path / "out/cap-a/eu-central-1").mkdir(parents=True)
    plan = script_of(scripts, "plan cap-a eu-central-1", "script")
    env = {**plan.env, "AFTER": after, "MERGE_REQUEST": merge_request, "PLAN_CODE": code, "AWS_ID_TOKEN": "x"}
    ran = run(plan, tmp_path, **env, AWS_PLAN_ROLE_ARN="arn:aws:iam::222222222222:role/plan")
    assert ran.code == ends, ran.output
    assert run(script_of(scripts, "judge cap-a eu-central-1", "script"), tmp_path, **env).code == 0
    assert json.loads((tmp_path / env["REVIEW"] / "outcome.json").read_text()) == {
        "deployment": "cap-a", "region": "eu-central-1", "plan": int(code), "gate": gate, "after": after,
    }  # fmt: skip
    without = run(plan, tmp_path, **env)
    assert (without.code, without.commands) == (1, [])
    assert "AWS_PLAN_ROLE_ARN is not set" in without.output


def test_gitlabs_comment_tells_of_a_region_whose_plan_failed(tmp_path: Path) -> None:
    scripts = gitlab_scripts(regions_pipeline(PipelineOptions(), FLEET))
    for region, role, code in (
        ("cap-a eu-west-1", "arn", "2"), ("cap-a eu-central-1", "", "2"), ("cap-b us-east-1", "arn", "1"),
    ):  # fmt: skip
        plan = script_of(scripts, f"plan {region}", "script")
        (tmp_path / plan.env["DIRECTORY"]).mkdir(parents=True)
        env = {**plan.env, "MERGE_REQUEST": "7", "PLAN_CODE": code, "AWS_ID_TOKEN": "x", "AWS_PLAN_ROLE_ARN": role}
        if run(plan, tmp_path, **env).code == 0:  # a job starts only where those that it needs went well
            assert run(script_of(scripts, f"judge {region}", "script"), tmp_path, **env).code == 0
    told = run(script_of(scripts, "comment", "script"), tmp_path, CI_PIPELINE_URL="https://example.com")
    assert told.code == 0, told.output
    text = comment(tmp_path / "reviews", None)
    assert "3 regions planned, 2 must not be applied" in text
    rows = [[cell.strip(" `*") for cell in line.split("|")[1:4]] for line in text.splitlines() if "| `" in line]
    assert rows == [["cap-a", "eu-central-1", "not planned"], ["cap-b", "us-east-1", "not planned"],
                    ["cap-a", "eu-west-1", "passed"]]  # fmt: skip


ALLOWED = "cap-b us-east-1 module.x\r\ncap-a eu-central-1 module.a\r\ncap-a eu-central-1 module.b[0]"


@pytest.mark.parametrize("end", ["", "\n", "\r\n"])
def test_the_last_line_of_the_allowances_counts_however_it_ends(end: str, tmp_path: Path) -> None:
    (tmp_path / "allowed-changes.txt").write_bytes((ALLOWED + end).encode())
    github = github_scripts(github_workflow(PipelineOptions(), file="x.yml", waves=1, password=False))
    gitlab = gitlab_scripts(regions_pipeline(PipelineOptions(), FLEET))
    judge = script_of(gitlab, "judge cap-a eu-central-1", "script")
    (tmp_path / judge.env["REVIEW"]).mkdir(parents=True)
    (tmp_path / judge.env["REVIEW"] / "plan").write_text("2")
    for script in (judge, script_of(github, "plan_1", "Judge the plan")):
        ran = run(script, tmp_path, **{**judge.env, "ROOT": "{}", "PLAN": "2"})
        assert ran.code == 0, ran.output
        (review,) = (words for words in ran.commands if words[1] == "review")
        assert review[-4:] == ["--allow", "module.a", "--allow", "module.b[0]"]


def test_gitlab_plans_everything_where_no_last_good_pipeline_is_known(repository: Path) -> None:
    script = script_of(gitlab_scripts(gitlab_pipeline(PipelineOptions(), file="x.yml")), "affected", "script")
    known = subprocess.run(["git", "rev-parse", "HEAD^1"], cwd=repository, capture_output=True, text=True, check=True)
    commit = known.stdout.strip()
    for env, since in (
        ({"CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_DIFF_BASE_SHA": commit}, commit),
        ({"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BEFORE_SHA": commit}, commit),
        ({"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BEFORE_SHA": "0" * 40}, None),
        ({"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BEFORE_SHA": "0" * 40, "GITLAB_TOKEN": "t",
          "CURL_PRINTS": json.dumps([{"sha": commit}])}, commit),
        ({"CI_PIPELINE_SOURCE": "push", "CI_COMMIT_BEFORE_SHA": commit, "GITLAB_TOKEN": "t",
          "CURL_PRINTS": "[]"}, None),
        ({"CI_PIPELINE_SOURCE": "web", "CI_COMMIT_BEFORE_SHA": commit}, None),
    ):  # fmt: skip
        ran = run(script, repository, **env)
        assert ran.code == 0, ran.output
        said = [words for words in ran.commands if words[:2] == ["capgen", "affected"]]
        assert [words[words.index("--since") + 1] for words in said] == ([since] if since else [])
        assert ("--regions" in ran.commands[-1]) is (since is None)
