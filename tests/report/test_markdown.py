"""Markdown for a comment on a pull request: the verdict first, nothing of a user's text acts, and it fits."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from markdown_it import MarkdownIt
from markdown_it.token import Token

from capgen.assess import Assessment
from capgen.pipeline import validate_text
from capgen.report.markdown import markdown
from capgen.report.markdown.escape import code, escaped, web_address
from capgen.report.markdown.section import LONGEST
from tests.report.assessments import CHANGES, CLEAN, CRITICAL, HOSTILE, JUDGED, NASTY, assessed, assessments, text

HERE = Path(__file__).parent
PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
OURS = {"<details>", "</details>"}


def tokens(page: str) -> list[Token]:
    """Return every token of a page, those within lines among them."""
    found = []
    for token in PARSER.parse(page):
        found += [token, *(token.children or ())]
    return found


def test_the_page_as_a_whole(golden: Callable[[Path, str], None]) -> None:
    golden(HERE / "golden/assessment.md", markdown(NASTY, CHANGES))


def test_the_verdict_stands_first() -> None:
    assert markdown(NASTY).startswith("## capgen: refused\n\n**2 findings fail, 1 region was not judged, 2 errors.**")
    assert markdown(CLEAN).startswith("## capgen: passed\n\n**No finding fails.** Judged for 2026-11-23;")
    told = replace(CLEAN, terms=NASTY.terms, regions=(replace(JUDGED, findings=JUDGED.findings[2:]),))
    assert markdown(told).startswith("## capgen: passed\n\n**No finding fails.** 1 finding is told.")
    assert "(told, does not fail)" in markdown(told)


def test_a_wrong_spec_is_refused() -> None:
    wrong = validate_text("nme: x\n", "cap.yaml")
    assert markdown(Assessment(terms=CLEAN.terms), (), wrong.diagnostics).startswith("## capgen: refused")


def test_every_finding_says_where_and_what_to_do() -> None:
    page = markdown(NASTY)
    assert "`deploy ments/cap#1.yaml:12` (`database.public`), `modules/database/main.tf.json:26`" in page
    assert f"**Fix:** {CRITICAL.fix}" in page
    assert "[More about it](https://example.com/a%20b)" in page
    assert "1 waived finding, the first of them until 2027-11-30" in page


@given(text)
@settings(max_examples=80, deadline=None)
def test_any_text_is_only_text(any_text: str) -> None:
    for line in (f"- **x** {escaped(any_text)}\n", f"| a |\n|---|\n| {escaped(any_text)} |\n"):
        kinds = {token.type for token in tokens(line)}
        assert not kinds & {"link_open", "image", "html_inline", "html_block", "em_open", "s_open", "code_inline"}
    (span,) = (token for token in tokens(f"a {code(any_text)} b") if token.type == "code_inline")
    assert "\n" not in span.content


def test_what_is_escaped_reads_as_it_was_written() -> None:
    plain = "a_b *c* [d](e) <f> `g` & \\h ~~i~~ | j $k$ (l) - m! # n"
    (line,) = (token for token in PARSER.parse(escaped(plain)) if token.type == "inline")
    assert "".join(child.content for child in line.children or ()) == plain


@pytest.mark.parametrize("caught", ["@team", "#12", ":wave:", "GH-12", "a@b.example"])
def test_github_makes_nothing_of_it(caught: str) -> None:
    assert caught not in escaped(f"x {caught} y")
    assert escaped(caught).replace("&#8203;", "") == caught


@given(assessments)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_text_of_an_assessment_acts(assessment: Assessment) -> None:
    page = markdown(assessment)
    page.encode()
    for token in tokens(page):
        assert token.type != "image"
        if token.type in ("html_inline", "html_block"):
            assert re.sub(r"<summary>[^<>]*</summary>", "", token.content).strip() in OURS
        if token.type == "link_open":
            assert str(token.attrGet("href")).startswith(("https://", "http://"))


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "ftp://a", "https://", "https://u:p@e.com", "//e.com", "http://[", ""]
)
def test_only_web_pages_are_linked(link: str) -> None:
    assert web_address(link) is None


def test_a_link_cannot_end_early() -> None:
    assert web_address("https://e.com/a) <b>\n") == "https://e.com/a%29%20%3Cb%3E%0A"


@pytest.mark.parametrize("many", [400, 3000])
def test_a_long_page_is_cut_and_says_by_how_much(many: int) -> None:
    findings = tuple(replace(CRITICAL, line=line, message=HOSTILE) for line in range(many))
    page = markdown(replace(NASTY, regions=(replace(JUDGED, findings=findings),)), CHANGES)
    assert len(page.encode()) <= LONGEST
    more = re.search(r"^([\d,]+) more findings: see report.json.$", page, re.MULTILINE)
    assert more is not None
    shown = page.count("- **critical**")
    assert shown > 50
    assert shown + int(more[1].replace(",", "")) == many
    assert "### Waivers" in page


def test_many_regions_are_cut_too() -> None:
    regions = tuple(replace(JUDGED, name=f"cap-{number}/eu-west-1" * 5) for number in range(1500))
    page = markdown(replace(NASTY, regions=regions))
    assert len(page.encode()) <= LONGEST
    assert re.search(r"[\d,]+ more regions: see report.json", page)


@pytest.mark.parametrize("tree", ["small", "rich", "example"])
def test_a_real_tree(tree: str) -> None:
    assessment = assessed(tree)
    page = markdown(assessment)
    assert page.count("  \n  **Fix:** ") == len(assessment.findings)
    assert bool(assessment.findings) is (tree != "example")
    assert ("<summary>19 waived findings" in page) is (tree == "example")
