"""What is passed over, and what must not be: an edit anywhere that could change the output or its judgement."""

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from capgen.assess import Terms
from capgen.findings import FindingSeverity, Waiver
from capgen.fleet import known
from capgen.fleet.result import Fleet
from capgen.fleet.task import Verb
from tests.fleet.specs import Inline, edit, run, statuses, write_spec
from tests.output.example import tree
from tests.terms import TERMS, TODAY

SPEC = "specs/a.yaml"
MAIN = "out/cap-a/eu-west-1/main.tf.json"


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder in which a fleet of two was compiled; `cap-b` has a base."""
    here = tmp_path_factory.mktemp("template")
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(here)
        write_spec(here / SPEC, "cap-a")
        (here / "specs/b.yaml").write_text("extends: base.yaml\nname: cap-b\n")
        edit(write_spec(here / "specs/base.yaml", "x"), '"name": "x"\n', "")
        assert statuses(run(here)) == {"cap-a": "built", "cap-b": "built"}
    return here


@pytest.fixture
def compiled(here: Path, template: Path) -> Path:
    """Return a copy of that folder: what is known of it does not depend on where it lies."""
    shutil.copytree(template, here, dirs_exist_ok=True)
    return here


def again(here: Path, **options: Any) -> dict[str, str]:
    return statuses(run(here, **options))


def test_an_unchanged_fleet_needs_no_work_and_stays_byte_for_byte(compiled: Path) -> None:
    before = tree(compiled / "out")
    runner = Inline()
    assert again(compiled, runner=runner) == {"cap-a": "unchanged", "cap-b": "unchanged"}
    assert runner.tasks == []
    assert again(compiled, force=True) == {"cap-a": "built", "cap-b": "built"}
    assert tree(compiled / "out") == before


def test_a_value_a_base_or_a_comment_that_changes_is_compiled_again(compiled: Path) -> None:
    edit(compiled / SPEC, "cap-agent:1.0.0", "cap-agent:1.1.0")
    assert again(compiled) == {"cap-a": "built", "cap-b": "unchanged"}
    assert "cap-agent:1.1.0" in (compiled / MAIN).read_text()
    edit(compiled / "specs/base.yaml", "cap-agent:1.0.0", "cap-agent:1.2.0")
    assert again(compiled) == {"cap-a": "unchanged", "cap-b": "built"}
    with (compiled / SPEC).open("a") as stream:
        stream.write("# a comment moves the lines that findings name\n")
    assert again(compiled) == {"cap-a": "built", "cap-b": "unchanged"}


def test_a_link_to_a_base_that_leads_elsewhere_is_compiled_again_and_so_is_a_base_that_becomes_one(
    compiled: Path,
) -> None:
    base, second, other = (compiled / f"specs/{name}.yaml" for name in ("base", "second", "other"))
    other.write_text("agent: {image: example.com/cap/agent:2}\n")
    second.symlink_to("base.yaml")
    edit(compiled / "specs/b.yaml", "base.yaml", "[base.yaml, other.yaml, second.yaml]")
    image = compiled / "out/cap-b/eu-west-1/main.tf.json"
    assert again(compiled)["cap-b"] == "built"
    assert again(compiled)["cap-b"] == "unchanged"
    second.unlink()
    shutil.copy(base, second)
    assert again(compiled)["cap-b"] == "built", "the second is laid over the other now"
    assert "cap-agent:1.0.0" in image.read_text()
    assert again(compiled)["cap-b"] == "unchanged"
    second.unlink()
    second.symlink_to("base.yaml")
    assert again(compiled)["cap-b"] == "built", "with the text of a file that is laid once"
    assert "cap/agent:2" in image.read_text()


def test_an_output_that_is_not_as_it_was_written_is_written_again(compiled: Path) -> None:
    before = tree(compiled / "out")
    for file in ("eu-west-1/main.tf.json", "manifest.json", "modules/database/README.md"):
        path = compiled / "out/cap-a" / file
        path.write_bytes(path.read_bytes() + b" ")
        assert again(compiled) == {"cap-a": "built", "cap-b": "unchanged"}, file
        assert tree(compiled / "out") == before
    (compiled / "out/cap-a/modules/database/README.md").unlink()
    assert again(compiled) == {"cap-a": "built", "cap-b": "unchanged"}
    assert tree(compiled / "out") == before


def test_an_output_without_its_manifest_may_be_anyones_and_is_left_alone(compiled: Path) -> None:
    (compiled / "out/cap-a/manifest.json").unlink()
    fleet = run(compiled)
    assert statuses(fleet) == {"cap-a": "failed", "cap-b": "unchanged"}
    assert [told.rule for told in fleet.all_diagnostics] == ["write-foreign-directory"]


def test_another_capgen_compiles_everything_again(compiled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(known, "compiler_digest", lambda: "another")
    assert again(compiled) == {"cap-a": "built", "cap-b": "built"}


def test_what_the_store_cannot_say_is_not_known(compiled: Path) -> None:
    for file in (compiled / "cache").rglob("*.json"):
        content = json.loads(file.read_text())
        file.write_text(json.dumps(dict.fromkeys(content, 7)))
    assert again(compiled) == {"cap-a": "built", "cap-b": "built"}
    for file in (compiled / "cache").rglob("*.json"):
        file.write_bytes(b"\xff{")
    assert again(compiled) == {"cap-a": "built", "cap-b": "built"}


def test_a_warning_of_the_spec_is_told_of_an_unchanged_one_too(here: Path) -> None:
    write_spec(here / SPEC, "cap-a", scaling={"desired_count": 2})
    first, second = run(here), run(here)
    assert statuses(second) == {"cap-a": "unchanged"}
    assert [told.rule for told in second.all_diagnostics] == ["service-agent-per-task"]
    assert first.all_diagnostics == second.all_diagnostics


def test_a_spec_that_fails_is_tried_again_and_its_old_output_stays(compiled: Path) -> None:
    before = tree(compiled / "out/cap-a")
    edit(compiled / SPEC, "10.0.0.5/32", "10.0.0.5/8")
    fleet = run(compiled)
    assert (statuses(fleet), fleet.ok) == ({"cap-a": "failed", "cap-b": "unchanged"}, False)
    assert tree(compiled / "out/cap-a") == before
    assert statuses(run(compiled)) == {"cap-a": "failed", "cap-b": "unchanged"}


def judged(here: Path, terms: Terms = TERMS, **options: Any) -> Fleet:
    return run(here, verb=Verb.BUILD, terms=terms, **options)


def told(fleet: Fleet) -> Any:
    """Return everything that a judgement of a fleet says."""
    assert fleet.assessment is not None
    regions = [(each.name, each.resources, each.findings, each.waived) for each in fleet.assessment.regions]
    return regions, fleet.passed, fleet.assessment.diagnostics, fleet.ok


@pytest.mark.slow
def test_a_judgement_that_is_taken_over_says_what_the_first_one_said(here: Path) -> None:
    write_spec(here / SPEC, "cap-a", policy={"waivers": []})
    write_spec(here / "specs/b.yaml", "cap-b")
    first, runner = judged(here), Inline()
    second = judged(here, runner=runner)
    assert runner.tasks == []
    assert told(first) == told(second)
    assert len(second.assessment.findings) > 10 if second.assessment else False
    lines = (here / SPEC).read_text().splitlines()
    for finding in second.assessment.findings if second.assessment else ():
        assert finding.spec is None or finding.spec.line <= len(lines)
    high = judged(here, Terms(today=TODAY, fail_on=FindingSeverity.CRITICAL))
    assert (second.ok, high.ok) == (False, True)


@pytest.mark.slow
def test_waivers_end_and_shared_ones_come_without_another_scan(here: Path) -> None:
    write_spec(here / SPEC, "cap-a")
    assert judged(here).ok
    runner = Inline()
    later = judged(here, Terms(today=date(2040, 1, 1)), runner=runner)
    assert runner.tasks == []
    assert not later.ok
    assert {each.rule for each in later.all_diagnostics} == {"waiver-expired"}
    unused = Waiver(check="CKV_AWS_16", resource="*", owner="o", reason="r", expires=date(2027, 1, 1))
    terms = Terms(today=TODAY, waivers=(unused,))
    assert [each.rule for each in judged(here, terms).all_diagnostics] == ["waiver-unused"]
    edit(here / SPEC, "10.0.0.5/32", "10.0.0.5/8")
    broken = judged(here, terms)
    assert "waiver-unused" not in {each.rule for each in broken.all_diagnostics}, "it may match where nothing is known"


@pytest.mark.slow
def test_what_is_laid_beside_the_output_is_judged_and_not_compiled_again(here: Path) -> None:
    write_spec(here / SPEC, "cap-a")
    assert judged(here).ok
    override = here / "out/cap-a/eu-west-1/public.tf.json"
    bucket = {"resource": {"aws_s3_bucket": {"open": {"bucket": "open"}}}}
    override.write_text(json.dumps(bucket))
    runner = Inline()
    found = judged(here, runner=runner)
    assert [(task.deployment, task.write) for task in runner.tasks] == [("cap-a", False)]
    assert (statuses(found), found.ok) == ({"cap-a": "unchanged"}, False)
    assert override.is_file()
    (here / "out/cap-a/eu-west-1/terraform.tfstate").write_text("{}")
    (here / "out/cap-a/eu-west-1/.terraform").mkdir()
    runner = Inline()
    assert told(judged(here, runner=runner)) == told(found)
    assert runner.tasks == []


@pytest.mark.slow
def test_the_users_own_checks_in_python_are_asked_every_time(here: Path) -> None:
    write_spec(here / SPEC, "cap-a")
    (here / "policies").mkdir()
    (here / "policies/__init__.py").write_text("")
    terms = Terms(today=TODAY, policies=here / "policies")
    for _ in range(2):
        runner = Inline()
        judged(here, terms, runner=runner)
        assert len(runner.tasks) == 1


def test_a_store_that_is_no_folder_is_none(here: Path) -> None:
    (here / "cache").write_text("a file")
    write_spec(here / SPEC, "cap-a")
    assert again(here) == {"cap-a": "built"}
    assert again(here) == {"cap-a": "built"}
