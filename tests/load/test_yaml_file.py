"""What the loader accepts, what it refuses, and where it says things stand."""

from pathlib import Path

import pytest

from capgen.load import load_file, load_text
from capgen.load.limits import MAX_BYTES


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("22:30", "22:30"),
        ("014", "014"),
        ("2026-01-31", "2026-01-31"),
        ("no", "no"),
        ("yes", "yes"),
        ("0x1F", 31),
        ("0o17", 15),
        ("1.5", 1.5),
        ("1e3", 1000.0),
        ("-7", -7),
        ("true", True),
        ("False", False),
        ("~", None),
        ("'12'", "12"),
        ("1_000", "1_000"),
    ],
)
def test_scalars_are_those_of_yaml_1_2(text: str, value: object) -> None:
    document, diagnostics = load_text(f"a: {text}\n", "s.yaml")
    assert not diagnostics
    assert document is not None
    assert document.data == {"a": value}
    assert type(document.data["a"]) is type(value)


def test_places_of_keys_values_and_items() -> None:
    document, _ = load_text("a:\n  b: [1, {c: 2}]\n", "s.yaml")
    assert document is not None
    assert str(document.key_at(("a", "b"))) == "s.yaml:2:3"
    assert str(document.value_at(("a", "b", 1, "c"))) == "s.yaml:2:14"
    assert str(document.value_at(("a", "nothing"))) == "s.yaml:1:1"
    assert document.line(2) == "  b: [1, {c: 2}]"


def refused(text: str) -> tuple[str, int, int]:
    _, diagnostics = load_text(text, "s.yaml")
    place = diagnostics[0].location
    assert place is not None
    return diagnostics[0].rule, place.line, place.column


@pytest.mark.parametrize(
    ("text", "rule", "line", "column"),
    [
        ("a: 1\nb: 2\na: 3\n", "load-duplicate-key", 3, 1),
        ("a: [1\nb: 2\n", "load-yaml-syntax", 2, 2),
        ("a: !!python/object:os.system x\n", "load-plain-tags", 1, 4),
        ("? [a, b]\n: 1\n", "load-plain-keys", 1, 3),
        ("", "load-empty", 1, 1),
        ("a: " + "9" * 5000 + "\n", "load-number", 1, 4),
        ("a: " + "[" * 100 + "]" * 100 + "\n", "load-limits", 1, 1),
        ("a: " + "[" * 50_000 + "\n", "load-limits", 1, 1),
    ],
)
def test_refusals_stand_at_their_place(text: str, rule: str, line: int, column: int) -> None:
    found = refused(text)
    assert found[0] == rule
    if rule != "load-yaml-syntax":
        assert found[1:] == (line, column)


def test_an_alias_bomb_is_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    assert refused("\n".join(lines))[0] == "load-limits"


def test_a_file_that_can_not_be_read_is_a_diagnostic(tmp_path: Path) -> None:
    document, (diagnostic,) = load_file(tmp_path / "none.yaml", "none.yaml")
    assert document is None
    assert diagnostic.message == "cannot read none.yaml: no such file or directory"
    (tmp_path / "large.yaml").write_bytes(b"#" * (MAX_BYTES + 1))
    assert load_file(tmp_path / "large.yaml")[1][0].rule == "load-limits"
    (tmp_path / "latin.yaml").write_bytes(b"a: 1\nb: \xe9\n")
    (diagnostic,) = load_file(tmp_path / "latin.yaml")[1]
    assert (diagnostic.rule, diagnostic.location and diagnostic.location.line) == ("load-utf8", 2)
