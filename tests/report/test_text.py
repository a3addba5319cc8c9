"""Diagnostics as a person sees them."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from capgen.diagnostics import Diagnostic, Location, Severity
from capgen.load import Document, load_file, load_text
from capgen.report import render_diagnostics
from capgen.validate import validate_document

HERE = Path(__file__).parent
FILE = "spec.yaml"


def rendered(
    diagnostics: list[Diagnostic], source: Document | None = None, width: int | None = None, **console: object
) -> str:
    """Render for a terminal of `width`, or for a pipe."""
    out = io.StringIO()
    options: dict[str, object] = {"color_system": None, "force_terminal": width is not None, **console}
    render_diagnostics(diagnostics, {source.file: source} if source else {}, Console(file=out, width=width, **options))  # type: ignore[arg-type]
    return out.getvalue()


def source(text: str) -> Document:
    loaded, _ = load_text(text, FILE)
    assert loaded is not None
    return loaded


def at(line: int, column: int, length: int = 1, **fields: object) -> Diagnostic:
    defaults: dict[str, object] = {"rule": "some-rule", "message": "something is wrong"}
    return Diagnostic(location=Location(FILE, line, column, length), **{**defaults, **fields})  # type: ignore[arg-type]


def test_a_spec_as_a_whole(golden: Callable[[Path, str], None]) -> None:
    document, diagnostics = load_file(HERE / "mistakes.yaml", "mistakes.yaml")
    assert document is not None
    text = rendered([*diagnostics, *validate_document(document)], document)
    golden(HERE / "golden" / "mistakes.txt", text)


def test_a_spec_on_a_narrow_terminal(golden: Callable[[Path, str], None]) -> None:
    document, diagnostics = load_file(HERE / "mistakes.yaml", "mistakes.yaml")
    assert document is not None
    text = rendered([*diagnostics, *validate_document(document)], document, width=60)
    golden(HERE / "golden" / "mistakes_60.txt", text)
    assert max(cell_len(line) for line in text.splitlines() if "https://" not in line) <= 60


def test_every_part() -> None:
    diagnostic = at(14, 3, 7, value="[1]", allowed="a, b", hint="did you mean a?", link="https://example.com/a")
    text = rendered([diagnostic], source("\n" * 13 + "  subnets: [subnet-1]\n"))
    assert text == (
        "error: something is wrong [some-rule]\n"
        "  --> spec.yaml:14:3\n"
        "   |\n"
        "14 |   subnets: [subnet-1]\n"
        "   |   ^^^^^^^\n"
        "   = found: [1]\n"
        "   = allowed: a, b\n"
        "   = hint: did you mean a?\n"
        "   = see: https://example.com/a\n"
        "\n"
        "1 error in spec.yaml\n"
    )


def test_without_a_place() -> None:
    text = rendered([Diagnostic(rule="load-readable", message="cannot read x", hint="look again")])
    assert text == "error: cannot read x [load-readable]\n  = hint: look again\n\n1 error\n"


def test_without_the_source() -> None:
    assert rendered([at(3, 4)]) == "error: something is wrong [some-rule]\n --> spec.yaml:3:4\n\n1 error in spec.yaml\n"


def test_nothing_is_said_about_nothing() -> None:
    assert rendered([]) == ""


def test_the_order_is_that_of_the_file_and_each_is_said_once() -> None:
    text = rendered([at(2, 1, message="second"), at(1, 5, message="first"), at(2, 1, message="second")])
    assert [line.split(" ")[1] for line in text.splitlines() if line.startswith("error")] == ["first", "second"]


@pytest.mark.parametrize(
    ("severities", "files", "count"),
    [
        ("e", 1, "1 error in a.yaml"),
        ("w", 1, "1 warning in a.yaml"),
        ("ew", 1, "1 error, 1 warning in a.yaml"),
        ("eeww", 1, "2 errors, 2 warnings in a.yaml"),
        ("ee", 2, "2 errors in 2 files"),
    ],
)
def test_the_last_line_counts(severities: str, files: int, count: str) -> None:
    diagnostics = [
        Diagnostic(
            rule="r",
            message=str(number),
            severity=Severity.ERROR if letter == "e" else Severity.WARNING,
            location=Location("ab"[number % files] + ".yaml", 1, 1),
        )
        for number, letter in enumerate(severities)
    ]
    assert rendered(diagnostics).splitlines()[-1] == count


def test_a_warning_says_so() -> None:
    assert rendered([at(1, 1, severity=Severity.WARNING)]).startswith("warning: something is wrong")


def quote(line: str, column: int, length: int = 1, width: int | None = None, **fields: object) -> tuple[str, str]:
    """Return the quoted line and the underline, without the margin."""
    document = Document(FILE, line, None, {})
    shown, under = rendered([at(1, column, length, **fields)], document, width).splitlines()[3:5]
    return shown.removeprefix("1 | "), under.removeprefix("  | ")


def underlined(shown: str, under: str) -> str:
    """Return what stands above the carets."""
    start, end = under.index("^"), len(under)
    cells, text = 0, ""
    for character in shown:
        if start <= cells < end:
            text += character
        cells += cell_len(character)
    return text


@pytest.mark.parametrize(
    ("line", "column", "length", "wanted"),
    [
        ("name: x", 7, 1, "x"),
        ("\t\tname: x", 3, 4, "name"),
        ("k: 世界 bad", 7, 3, "bad"),
        ("k: 世界 bad", 4, 2, "世界"),
        ("k: é bad", 6, 3, "bad"),
        ("k: e\u0301 bad", 7, 3, "bad"),
        ("k: 👋 bad", 6, 3, "bad"),
        ("k: \u202e bad", 6, 3, "bad"),
        ("[bold]k[/bold]: bad", 17, 3, "bad"),
        (":wave: bad", 8, 3, "bad"),
    ],
)
@pytest.mark.parametrize("width", [None, 80])
def test_the_underline_is_under_what_it_means(
    line: str, column: int, length: int, wanted: str, width: int | None
) -> None:
    assert underlined(*quote(line, column, length, width)) == wanted


def test_a_place_behind_the_end_of_the_line() -> None:
    assert quote("name:", 6) == ("name:", "     ^")


def test_what_a_terminal_would_act_on_is_escaped() -> None:
    assert quote("a\x9b31m\u202eb", 1)[0] == "a\\u009b31m\\u202eb"
    assert "\x9b" not in rendered([at(1, 1, message="a\x9b31m", value="\x9b", hint="\x9b", allowed="\x9b")])


def test_user_text_is_no_markup() -> None:
    text = rendered(
        [at(1, 1, message="cannot be [red]x[/red] :wave:", value="[link=x]y[/link]")], source("a: '[b]x[/b]'")
    )
    assert "cannot be [red]x[/red] :wave:" in text
    assert "found: [link=x]y[/link]" in text
    assert "a: '[b]x[/b]'" in text


@pytest.mark.parametrize("column", [1, 50, 150, 390, 401])
def test_a_long_line_is_cut_around_the_place(column: int) -> None:
    line = "".join(f"{number:03d}." for number in range(100)) + "x"
    shown, under = quote(line, column, 1, width=40)
    assert cell_len(f"1 | {shown}") <= 40
    assert underlined(shown, under) == line[column - 1]
    assert shown.startswith("…") is (column > 20)
    assert shown.endswith("…") is (column < 380)


def test_a_long_underline_is_cut_with_its_line() -> None:
    shown, under = quote("key: " + "x" * 200, 6, 200, width=40)
    assert len(under) <= len(shown)
    assert underlined(shown, under) in shown


def test_a_long_line_of_wide_characters_is_cut() -> None:
    shown, under = quote("世" * 100 + "x" + "界" * 100, 101, 1, width=40)
    assert underlined(shown, under) == "x"
    assert cell_len(shown) <= 36


def test_no_terminal_no_wrapping() -> None:
    message = "word " * 100 + "end"
    assert message in rendered([at(1, 1, message=message)])


def test_a_terminal_wraps_beside_the_label() -> None:
    lines = rendered([at(1, 1, allowed="word " * 20 + "end")], width=40).splitlines()
    assert lines[2].startswith("  = allowed: word word")
    assert lines[3].startswith(" " * 13 + "word")


def test_a_link_is_never_wrapped() -> None:
    link = "https://docs.aws.amazon.com/" + "a" * 60
    assert f"see: {link}" in rendered([at(1, 1, link=link)], width=40)


@pytest.mark.parametrize("length", [1, 7, 30])
def test_a_sensitive_value_is_masked_at_any_length_alike(length: int) -> None:
    line = f"    DB_PASSWORD: {'x' * length}"
    assert quote(line, 18, length, sensitive=True) == ("    DB_PASSWORD: ********", " " * 17 + "^" * 8)


def test_what_stands_behind_a_masked_value_keeps_its_underline() -> None:
    document = source("{DB_PASSWORD: hunter2, DEBUG: 1}")
    secret, other = at(1, 15, 7, sensitive=True, message="a"), at(1, 31, 1, message="b")
    lines = rendered([secret, other], document).splitlines()
    assert lines[9:11] == ["1 | {DB_PASSWORD: ********, DEBUG: 1}", "  |                                ^"]


def test_a_file_that_is_not_yaml_shows_no_secret_either() -> None:
    text = "agent:\n  DB_PASSWORD: hunter2 # x\n  API_KEY: 'abcdefg\n"
    document = Document(FILE, text, None, {})
    shown = rendered([at(2, 16), at(3, 12)], document)
    assert "DB_PASSWORD: ********" in shown
    assert "hunter2" not in shown
    assert "abcdefg" not in shown


def test_colour_is_for_terminals() -> None:
    assert "\x1b[" not in rendered([at(1, 1)], color_system="auto")
    assert "\x1b[1;31m" in rendered([at(1, 1)], width=80, color_system="standard")
    assert "\x1b[1;33m" in rendered([at(1, 1, severity=Severity.WARNING)], width=80, color_system="standard")


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    assert "31m" not in rendered([at(1, 1)], width=80, color_system="standard")
