"""Replacing an output: whole or not at all, and never at the cost of what Terraform keeps beside it."""

import os
from pathlib import Path

import pytest

from capgen.write.swap import replace_tree


def tree(directory: Path) -> dict[str, str]:
    return {
        path.relative_to(directory).as_posix(): path.read_text()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


def test_writes_a_new_tree(tmp_path: Path) -> None:
    target = tmp_path / "out" / "cap"
    replace_tree(target, {"a/b.txt": b"1", "c.txt": b"2"}, managed=())
    assert tree(target) == {"a/b.txt": "1", "c.txt": "2"}
    assert [path.name for path in target.parent.iterdir()] == ["cap"]


def test_removes_managed_files_that_are_no_longer_written(tmp_path: Path) -> None:
    target = tmp_path / "cap"
    replace_tree(target, {"old/gone.txt": b"1", "kept.txt": b"2"}, managed=())
    replace_tree(target, {"kept.txt": b"3"}, managed=["old/gone.txt", "kept.txt"])
    assert tree(target) == {"kept.txt": "3"}


def test_keeps_state_and_everything_else_that_is_not_managed(tmp_path: Path) -> None:
    target = tmp_path / "cap"
    replace_tree(target, {"eu-west-1/main.tf.json": b"{}"}, managed=())
    (target / "eu-west-1" / "terraform.tfstate").write_text("state")
    (target / "eu-west-1" / ".terraform" / "providers").mkdir(parents=True)
    (target / "eu-west-1" / ".terraform" / "providers" / "aws").symlink_to(tmp_path)
    (target / "my_override.tf").write_text("override")
    replace_tree(target, {"eu-west-1/main.tf.json": b"{ }"}, managed=["eu-west-1/main.tf.json"])
    assert (target / "eu-west-1" / "terraform.tfstate").read_text() == "state"
    assert (target / "eu-west-1" / ".terraform" / "providers" / "aws").readlink() == tmp_path
    assert (target / "my_override.tf").read_text() == "override"
    assert (target / "eu-west-1" / "main.tf.json").read_text() == "{ }"


def test_a_failing_write_leaves_the_old_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "cap"
    replace_tree(target, {"a.txt": b"old"}, managed=())

    def full(_source: Path, _target: Path) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "link", full)
    (target / "terraform.tfstate").write_text("state")
    with pytest.raises(OSError, match="No space left"):
        replace_tree(target, {"a.txt": b"new"}, managed=["a.txt"])
    assert tree(target) == {"a.txt": "old", "terraform.tfstate": "state"}
    assert [path.name for path in tmp_path.iterdir()] == ["cap"]


def test_a_failing_swap_is_undone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "cap"
    replace_tree(target, {"a.txt": b"old"}, managed=())
    rename = Path.rename

    def fails_for_the_new_tree(self: Path, to: Path) -> Path:
        if self.name == "new":
            raise OSError(5, "Input/output error")
        return rename(self, to)

    monkeypatch.setattr(Path, "rename", fails_for_the_new_tree)
    with pytest.raises(OSError, match="Input/output"):
        replace_tree(target, {"a.txt": b"new"}, managed=["a.txt"])
    assert tree(target) == {"a.txt": "old"}
