"""Every spec in valid/, warning/ and invalid/ is told exactly what its comments say."""

import re
from pathlib import Path

import pytest

from capgen.diagnostics import Diagnostic, Severity, has_errors
from capgen.load import load_spec
from capgen.pipeline import validate
from tests.specs.expectations import Expectation, expectations

HERE = Path(__file__).parent
SPECS = sorted(HERE.glob("*/*.yaml"))
EVERY_FIELD = ("message", "path", "value", "allowed", "hint")

JSONSCHEMA_WORDING = re.compile(
    r"is not of type|is not one of|was expected|does not match|Additional properties|is a required property"
    r"|is too (long|short)$|non-unique|less than the minimum|greater than the maximum|enough properties|non-empty"
    r"|\bNone\b|\bTrue\b|\bFalse\b|\^|\$\)?$"
)


def diagnose(path: Path) -> list[Diagnostic]:
    return list(validate(path).diagnostics)


def files(path: Path) -> list[Path]:
    """Return the files that have a part in a spec: the spec itself, and its bases, which lie in `bases/` beside it."""
    document, _ = load_spec(path)
    return [Path(file) for file in document.files] if document else [path]


def name(path: Path) -> str:
    return f"{path.parent.name}/{path.stem}"


@pytest.mark.parametrize("path", SPECS, ids=name)
def test_a_spec_is_told_what_its_comments_say(path: Path) -> None:
    expected = sorted(each for file in files(path) for each in expectations(file))
    found = sorted(
        Expectation(Path(each.location.file).name if each.location else path.name,
                    each.location.line if each.location else 0, each.severity, each.rule, each.message)
        for each in diagnose(path)
    )  # fmt: skip
    assert [(each.file, each.line, each.rule) for each in found] == [
        (each.file, each.line, each.rule) for each in expected
    ]
    pairs = zip(found, expected, strict=True)
    assert [(actual.message, wanted.message) for actual, wanted in pairs if not fits(actual, wanted)] == []


def fits(actual: Expectation, wanted: Expectation) -> bool:
    return actual.severity is wanted.severity and actual.message.startswith(wanted.message)


@pytest.mark.parametrize("path", SPECS, ids=name)
def test_a_spec_lies_in_the_folder_of_its_outcome(path: Path) -> None:
    diagnostics = diagnose(path)
    outcome = "invalid" if has_errors(diagnostics) else "warning" if diagnostics else "valid"
    assert path.parent.name == outcome


@pytest.mark.parametrize("path", SPECS, ids=name)
def test_no_diagnostic_speaks_like_jsonschema(path: Path) -> None:
    texts = [text for each in diagnose(path) for field in EVERY_FIELD if (text := getattr(each, field)) is not None]
    assert [text for text in texts if JSONSCHEMA_WORDING.search(text)] == []


@pytest.mark.parametrize("path", SPECS, ids=name)
def test_an_error_says_where_it_is(path: Path) -> None:
    for each in diagnose(path):
        assert each.severity is Severity.WARNING or each.location is not None


def test_every_mark_in_a_spec_is_read() -> None:
    for path in HERE.rglob("*.yaml"):
        marks = re.findall(r"# (?:ERROR|WARNING)\b", path.read_text(encoding="utf-8"))
        assert len(marks) == len(expectations(path)), path


def test_every_base_has_a_spec_that_starts_from_it() -> None:
    used = {file.resolve() for path in SPECS for file in files(path)}
    assert {path.resolve() for path in HERE.rglob("bases/*.yaml")} <= used
