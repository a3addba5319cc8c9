"""A hostile blueprint: it reads no file, ends, and says what is wrong in place of raising."""

import shutil
import time
from pathlib import Path
from typing import Any

import pytest

from capgen.blueprints.skeleton_files import SKELETON
from capgen.render import collect_parameters, find_blueprint, parameter_checks, render_spec
from capgen.render.given import Given
from capgen.render.parameter_checks import MAX_ITEMS, check_value
from tests.render.conftest import MakeBlueprint

LOOP, END = "{% for a in A %}", "{% endfor %}"


@pytest.mark.parametrize(
    ("template", "value", "rule"),
    [
        (LOOP * 10 + END * 10, ["x"] * 100, "blueprint-size"),
        ("{% for a in [1, 2, 3, 4, 5, 6, 7, 8, 9] %}" * 9 + END * 9, "x", "blueprint-size"),
        (LOOP * 30 + END * 30, "x", "blueprint-syntax"),
        ("{% for a in A if a == 1 %}" + END, ["x"], "blueprint-language"),
        ("{{ " + "not " * 3000 + "1 }}", "x", "blueprint-syntax"),
        ("{{ " + "9" * 6000 + " }}", "x", "blueprint-syntax"),
        ("{{ 1e999 }}", "x", "blueprint-render"),
        ("{{ A < 1 }}", "x", "blueprint-render"),
        ("{% for a, b in A %}" + END, ["xyz"], "blueprint-render"),
        ("{% for a in A %}{{ loop }}" + END, ["x"], "blueprint-render"),
        ("{% for a in 5 %}" + END, "x", "blueprint-render"),
        ("{# " + "x" * 300_000 + " #}", "x", "blueprint-size"),
        ("{% extends '/etc/hostname' %}", "x", "blueprint-language"),
        ("{% include '/etc/hostname' %}", "x", "blueprint-language"),
        ("{% import '/etc/hostname' as b %}", "x", "blueprint-language"),
        ("{{ A.__class__.__mro__ }}", "x", "blueprint-language"),
    ],
)  # fmt: skip
def test_what_a_template_can_not_do(make_blueprint: MakeBlueprint, template: str, value: Any, rule: str) -> None:
    begun = time.monotonic()
    text, diagnostics = render_spec(make_blueprint("a: 1\n" + template + "\n", {"A": {}}), {"A": value})
    assert text is None
    assert {each.rule for each in diagnostics} == {rule}
    assert time.monotonic() - begun < 20


def test_an_error_while_rendering_has_its_line(make_blueprint: MakeBlueprint) -> None:
    _, (diagnostic,) = render_spec(make_blueprint("a: 1\n\nb: {{ A < 1 }}\n", {"A": {}}), {"A": "x"})
    assert str(diagnostic.location) == "tiny/spec.yaml.j2:3:1"


def test_a_template_that_is_not_text_is_refused(make_blueprint: MakeBlueprint) -> None:
    blueprint = make_blueprint("a: 1\n", {})
    blueprint.template.write_bytes(b"a: 1\nb: \xff\n")
    text, (diagnostic,) = render_spec(blueprint, {})
    assert text is None
    assert (diagnostic.rule, str(diagnostic.location)) == ("load-utf8", "tiny/spec.yaml.j2:2:1")


def test_a_pattern_that_would_search_for_ever_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parameter_checks, "_SECONDS", 0.2)
    value = "a" * 60 + "!"
    begun = time.monotonic()
    (diagnostic,) = check_value(
        Given(name="A", value=value, source="set"), value, {"type": "string", "pattern": "^(a+)+$"}
    )
    assert diagnostic.rule == "parameter-slow"
    assert time.monotonic() - begun < 20


def test_a_list_has_an_end() -> None:
    value = ["x"] * (MAX_ITEMS + 1)
    (diagnostic,) = check_value(Given(name="A", value=value, source="set"), value, {"type": "array", "items": {}})
    assert (diagnostic.rule, diagnostic.allowed) == ("parameter-count", f"at most {MAX_ITEMS}")


def test_windows_line_ends_and_a_mark_are_no_matter(tmp_path: Path) -> None:
    folder = shutil.copytree(SKELETON, tmp_path / "team-web")
    before, _ = find_blueprint("team-web", tmp_path)
    assert before is not None
    values = collect_parameters(before, [before.example]).values or {}
    text, _ = render_spec(before, values)
    raw = (folder / "spec.yaml.j2").read_bytes()
    (folder / "spec.yaml.j2").write_bytes(b"\xef\xbb\xbf" + raw.replace(b"\n", b"\r\n"))
    assert render_spec(before, values) == (text, [])
