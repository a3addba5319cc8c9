"""The schema beside the spec, for editors."""

from pathlib import Path

import pytest

from capgen.render import EDITOR_SCHEMA, Blueprint, collect_parameters, render_spec, write_editor_schema
from capgen.resources import schemas_dir


def test_the_schema_lies_where_the_spec_says(tmp_path: Path, cap_fullstack: Blueprint) -> None:
    text, _ = render_spec(cap_fullstack, collect_parameters(cap_fullstack, [cap_fullstack.example]).values or {})
    first = str(text).splitlines()[0]
    assert first == f"# yaml-language-server: $schema={EDITOR_SCHEMA}"
    written = write_editor_schema(tmp_path)
    assert written == tmp_path / first.partition("$schema=")[2]
    assert written.read_bytes() == (schemas_dir() / "deployment.schema.json").read_bytes()


def test_writing_again_changes_nothing(tmp_path: Path) -> None:
    before = write_editor_schema(tmp_path).stat()
    after = write_editor_schema(tmp_path).stat()
    assert (before.st_ino, before.st_mtime_ns) == (after.st_ino, after.st_mtime_ns)


def test_an_older_schema_is_replaced_and_nothing_else_is_left(tmp_path: Path) -> None:
    (tmp_path / ".capgen").mkdir()
    (tmp_path / EDITOR_SCHEMA).write_text("{}")
    written = write_editor_schema(tmp_path)
    assert written.stat().st_size > 2
    assert list(written.parent.iterdir()) == [written]


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / EDITOR_SCHEMA).mkdir(parents=True)
    with pytest.raises(OSError, match=r".+"):
        write_editor_schema(tmp_path)
    assert [path.name for path in (tmp_path / ".capgen").iterdir()] == ["deployment.schema.json"]


def test_another_reference_may_be_given(cap_fullstack: Blueprint) -> None:
    values = collect_parameters(cap_fullstack, [cap_fullstack.example]).values or {}
    text, _ = render_spec(cap_fullstack, values, schema_reference="https://example.com/s.json")
    assert str(text).startswith("# yaml-language-server: $schema=https://example.com/s.json\n")


@pytest.mark.parametrize("reference", ["", "a b", "a\nname: x", "a\u2028", "a\x85", "a\x00", "a\u202e"])
def test_a_reference_can_not_leave_its_comment(cap_fullstack: Blueprint, reference: str) -> None:
    text, (diagnostic,) = render_spec(cap_fullstack, {}, schema_reference=reference)
    assert text is None
    assert diagnostic.rule == "blueprint-schema-reference"
