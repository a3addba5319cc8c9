"""Which files the arguments of a command mean."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from capgen.fleet.find import find_specs


def files(*paths: str) -> None:
    for path in paths:
        Path(path).parent.mkdir(parents=True, exist_ok=True)
        Path(path).write_text("a: 1")


def found(*arguments: str) -> list[str]:
    return [file.path.as_posix() for file in find_specs(arguments).files]


def test_a_folder_means_its_yaml_files_at_any_depth_sorted_hidden_ones_passed_over(here: Path) -> None:
    files("s/b.yaml", "s/a.yml", "s/deep/er/c.yaml", "s/no.txt", "s/.hidden.yaml", "s/.git/d.yaml")
    assert found("s") == ["s/a.yml", "s/b.yaml", "s/deep/er/c.yaml"]
    assert find_specs(["s"]).searched
    assert here.is_dir()


def test_a_pattern_means_what_it_matches_and_two_stars_cross_folders(here: Path) -> None:
    files("s/a.yaml", "s/x/b.yaml", "s/x/y/c.yaml", "s/x/readme.md")
    assert found("s/*.yaml") == ["s/a.yaml"]
    assert found("s/**/*.yaml") == ["s/a.yaml", "s/x/b.yaml", "s/x/y/c.yaml"]
    assert found("s/**") == ["s/a.yaml", "s/x/b.yaml", "s/x/y/c.yaml"]
    assert found("s/*") == ["s/a.yaml", "s/x/b.yaml", "s/x/y/c.yaml"]
    assert found(f"{here}/s/x/*.yaml") == [f"{here}/s/x/b.yaml"]


def test_a_file_is_found_once_however_it_is_named_and_whatever_the_order(here: Path) -> None:
    files("s/a.yaml", "s/b.yaml")
    assert found("s/b.yaml", "s", "./s/a.yaml") == ["s/a.yaml", "s/b.yaml"]
    assert found("s", "s/b.yaml") == found("s/b.yaml", "s")
    (here / "s/link.yaml").symlink_to("a.yaml")
    assert len(found("s")) == 2


def test_a_file_of_which_the_name_has_magic_is_a_file(here: Path) -> None:
    files("s/[a].yaml", "s/a.yaml")
    assert found("s/[a].yaml") == ["s/[a].yaml"]
    assert here.is_dir()


def test_what_answers_to_nothing_is_told_and_a_named_file_is_kept(here: Path) -> None:
    files("s/readme.md")
    nothing = find_specs(["s", "t/*.yaml", "none.yaml"])
    assert nothing.empty == ("s", "t/*.yaml")
    assert [file.path for file in nothing.files] == [Path("none.yaml")]
    assert here.is_dir()


def test_a_folder_that_cannot_be_read_is_kept_so_that_it_fails(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    files("s/a.yaml", "s/closed/b.yaml")
    scandir = os.scandir

    def refusing(path: str) -> Any:
        if str(path).endswith("closed"):
            raise PermissionError(errno.EACCES, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refusing)
    kept = [(file.path.as_posix(), file.named) for file in find_specs(["s"]).files]
    assert kept == [("s/a.yaml", False), ("s/closed", True)]
    assert find_specs(["s/closed"]).empty == ()
    assert here.is_dir()


def test_a_link_to_itself_is_a_file_that_cannot_be_read(here: Path) -> None:
    files("s/a.yaml")
    (here / "s/loop.yaml").symlink_to("loop.yaml")
    assert found("s") == ["s/a.yaml", "s/loop.yaml"]
    assert found("s/loop.yaml") == ["s/loop.yaml"]


def test_a_name_that_is_too_long_is_a_file_that_cannot_be_read(here: Path) -> None:
    long = "a" * 300
    assert found(long) == [long]
    assert find_specs([f"{long}*"]).empty == (f"{long}*",)
    assert here.is_dir()


def test_links_to_folders_are_not_followed_and_links_to_files_are(here: Path) -> None:
    files("s/a.yaml", "other/b.yaml", "other/c.yaml")
    (here / "s/folder").symlink_to("../other")
    (here / "s/c.yaml").symlink_to("../other/c.yaml")
    (here / "s/round").symlink_to(".")
    assert found("s") == ["s/a.yaml", "s/c.yaml"]
    assert found("s/folder") == ["s/folder/b.yaml", "s/folder/c.yaml"]
