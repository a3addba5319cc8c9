"""Which regions a git change touches, by what it changes in the output."""

import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from capgen.fleet.affected import GitError, affected
from capgen.fleet.shard import Shard
from tests.fleet.specs import Inline, edit, run, write_spec

SUBNETS = ["subnet-0b1b2c3d4e5f60718", "subnet-0b1e2d3c4b5a69788"]
NETWORK = {"vpc_id": "vpc-0b1b2c3d4e5f60718", "subnet_ids": SUBNETS, "nat_gateway": True, "assign_public_ip": False}
SECOND = {"eu-central-1": {"network": NETWORK}}


def git(*arguments: str) -> str:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "commit.gpgsign=false")
    done = subprocess.run(["git", *identity, *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()


def commit() -> str:
    git("add", "--all")
    git("commit", "--quiet", "--message", "change")
    return git("rev-parse", "HEAD")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a repository with three deployments in two regions each, their output committed; `cap-c` has a base."""
    here = tmp_path_factory.mktemp("template")
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(here)
        for name in ("a", "b"):
            write_spec(here / f"specs/{name}.yaml", f"cap-{name}", regions=SECOND)
        edit(write_spec(here / "specs/base.yaml", "x", regions=SECOND), '"name": "x"\n', "")
        (here / "specs/c.yaml").write_text("extends: base.yaml\nname: cap-c\n")
        (here / ".gitignore").write_text("cache/\n")
        run(here)
        git("init", "--quiet")
        commit()
    return here


@pytest.fixture
def repository(here: Path, template: Path) -> Path:
    """Return a copy of the repository, which is the working directory."""
    shutil.copytree(template, here, dirs_exist_ok=True)
    return here


def touched(*arguments: str, since: str = "HEAD", until: str | None = None, **more: Any) -> list[str]:
    found = affected(arguments or ["specs"], Path("out"), since, until, Inline(), **more)
    assert found.ok, found.diagnostics
    return [f"{each.change} {each.deployment} {each.region}" for each in found.regions]


def test_nothing_is_touched_by_nothing_a_comment_or_another_spelling(repository: Path) -> None:
    assert touched() == []
    edit(repository / "specs/a.yaml", '"desired_count": 1', '"desired_count": 0x1  # one')
    with (repository / "specs/base.yaml").open("a") as stream:
        stream.write("# a comment\n")
    (repository / "notes.md").write_text("notes")
    assert touched() == []


def test_a_change_touches_the_regions_that_it_reaches(repository: Path) -> None:
    edit(repository / "specs/a.yaml", "vpc-0b1b2c3d4e5f60718", "vpc-0c1b2c3d4e5f60718")
    assert touched() == ["changed cap-a eu-central-1"]
    edit(repository / "specs/base.yaml", "cap-agent:1.0.0", "cap-agent:1.1.0")
    assert touched() == ["changed cap-a eu-central-1", "changed cap-c eu-central-1", "changed cap-c eu-west-1"]
    assert touched("specs/c.yaml") == ["changed cap-c eu-central-1", "changed cap-c eu-west-1"]
    assert touched("specs/[ab].yaml") == ["changed cap-a eu-central-1"]


def test_two_revisions_are_compared_whatever_the_working_tree_is(repository: Path) -> None:
    first = git("rev-parse", "HEAD")
    edit(repository / "specs/a.yaml", "cap-agent:1.0.0", "cap-agent:1.1.0")
    second = commit()
    edit(repository / "specs/b.yaml", "cap-agent:1.0.0", "cap-agent:1.1.0")
    both = ["changed cap-a eu-central-1", "changed cap-a eu-west-1"]
    assert touched(since=first, until=second) == both
    assert touched(since=first, until="HEAD") == both
    assert touched(since=second) == [each.replace("cap-a", "cap-b") for each in both]
    assert touched(since=second, until=first) == both


def test_what_comes_and_goes_is_told(repository: Path) -> None:
    (repository / "specs/b.yaml").unlink()
    edit(repository / "specs/a.yaml", '"name": "cap-a"', '"name": "cap-n"')
    assert touched() == [
        "deleted cap-a eu-central-1", "deleted cap-a eu-west-1",
        "deleted cap-b eu-central-1", "deleted cap-b eu-west-1",
        "added cap-n eu-central-1", "added cap-n eu-west-1",
    ]  # fmt: skip


def test_a_region_that_comes_or_goes_is_told_and_a_file_that_moves_is_not(repository: Path) -> None:
    write_spec(repository / "specs/b.yaml", "cap-b")
    (repository / "specs/a.yaml").rename(repository / "specs/moved.yaml")
    assert touched() == ["deleted cap-b eu-central-1"]
    commit()
    write_spec(repository / "specs/b.yaml", "cap-b", regions=SECOND)
    assert touched() == ["added cap-b eu-central-1"]


def test_an_edit_of_the_committed_output_touches_the_regions_that_read_it(repository: Path) -> None:
    (repository / "out/cap-a/eu-west-1/ours_override.tf.json").write_text("{}")
    edit(repository / "out/cap-b/modules/database/main.tf.json", "true", "false")
    (repository / "out/cap-c/notes.md").write_text("notes")
    (repository / "out/cap-c/eu-west-1/terraform.tfstate").write_text("{}")
    assert touched() == ["changed cap-a eu-west-1", "changed cap-b eu-central-1", "changed cap-b eu-west-1"]


def test_another_version_of_capgen_touches_everything_that_it_wrote(repository: Path) -> None:
    edit(repository / "out/cap-a/manifest.json", '"capgen": "', '"capgen": "9')
    assert touched() == ["changed cap-a eu-central-1", "changed cap-a eu-west-1"]


def test_a_spec_that_does_not_compile_is_told_and_one_that_did_not_counts_as_changed(repository: Path) -> None:
    edit(repository / "specs/a.yaml", "10.0.0.5/32", "10.0.0.5/8")
    found = affected(["specs"], Path("out"), "HEAD", None, Inline())
    assert not found.ok
    assert "security-valid-cidr" in {told.rule for told in found.diagnostics}
    commit()
    edit(repository / "specs/a.yaml", "10.0.0.5/8", "10.0.0.5/32")
    assert touched() == ["changed cap-a eu-central-1", "changed cap-a eu-west-1"]


def test_a_base_or_a_spec_that_is_reached_by_links_touches_its_regions(repository: Path) -> None:
    both = ["changed cap-c eu-central-1", "changed cap-c eu-west-1"]
    for name in ("one", "two"):
        (repository / name).mkdir()
        shutil.copy(repository / "specs/base.yaml", repository / name)
    edit(repository / "two/base.yaml", "cap-agent:1.0.0", "cap-agent:1.1.0")
    (repository / "specs/c.yaml").rename(repository / "one/c.yaml")
    (repository / "specs/c.yaml").symlink_to("../one/c.yaml")
    (repository / "specs/base.yaml").unlink()
    (repository / "specs/base.yaml").symlink_to("middle.yaml")
    (repository / "specs/middle.yaml").symlink_to("../shared/base.yaml")
    (repository / "shared").symlink_to("one")
    commit()
    assert touched() == []
    edit(repository / "one/base.yaml", "cap-agent:1.0.0", "cap-agent:1.2.0")
    assert touched() == both, "the file that a link leads to"
    git("checkout", "--quiet", ".")
    with (repository / "one/c.yaml").open("a") as stream:
        stream.write("agent: {image: example.com/cap/agent:2}\n")
    assert touched() == both, "a spec that is a link"
    git("checkout", "--quiet", ".")
    for link, leads_to in (("specs/middle.yaml", "../two/base.yaml"), ("shared", "two")):
        (repository / link).unlink()
        (repository / link).symlink_to(leads_to)
        assert touched() == both, f"a link on the way: {link}"
        git("checkout", "--quiet", ".")


def test_shards_deal_what_is_touched(repository: Path) -> None:
    for name in ("a", "b"):
        edit(repository / f"specs/{name}.yaml", "cap-agent:1.0.0", "cap-agent:1.1.0")
    parts = [touched(shard=Shard(number=number, count=2)) for number in (1, 2)]
    assert [len(part) for part in parts] == [2, 2]
    assert sorted(parts[0] + parts[1]) == touched()


def test_it_works_below_the_top_of_the_repository(repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(repository / "specs/base.yaml", "cap-agent:1.0.0", "cap-agent:1.1.0")
    monkeypatch.chdir(repository / "specs")
    found = affected(["c.yaml"], Path("../out"), "HEAD", None, Inline())
    assert [each.directory for each in found.regions] == ["../out/cap-c/eu-central-1", "../out/cap-c/eu-west-1"]


def test_what_git_cannot_say_is_told(repository: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    def problem(since: str) -> str:
        with pytest.raises(GitError) as refused:
            affected(["specs"], Path("out"), since, None, Inline())
        return refused.value.diagnostic.rule

    assert problem("nothing") == "affected-revision"
    assert problem("--output=x") == "affected-revision"
    commit_of_old = git("rev-parse", "HEAD")
    edit(repository / "specs/a.yaml", "cap-agent:1.0.0", "cap-agent:1.1.0")
    commit()
    shallow = tmp_path_factory.mktemp("shallow") / "clone"
    git("clone", "--quiet", "--depth", "1", repository.as_uri(), str(shallow))
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(shallow)
        assert problem(commit_of_old) == "affected-shallow"
        patched.chdir(tmp_path_factory.mktemp("none"))
        assert problem("HEAD") == "affected-repository"
        patched.setenv("PATH", "")
        assert problem("HEAD") == "affected-git"
