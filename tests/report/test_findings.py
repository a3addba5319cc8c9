"""What a person sees of the findings."""

import io
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from rich.cells import cell_len
from rich.console import Console

from capgen.assess import Assessment, RegionAssessment
from capgen.diagnostics import Diagnostic
from capgen.findings import FindingSeverity
from capgen.report.findings import print_findings
from tests.report.assessments import CLEAN, CRITICAL, JUDGED, LOW, NASTY, WAIVED, WAIVER, assessed, assessments

HINT = "Add --report DIR to see who accepted each waived finding, why and until when.\n"


def text(assessment: Assessment, width: int | None = None) -> str:
    """Print for a terminal of `width`, or for a pipe."""
    output = io.StringIO()
    terminal = Console(file=output, width=width or 40, force_terminal=width is not None, color_system=None)
    print_findings(terminal, assessment)
    return output.getvalue()


def region(**fields: object) -> Assessment:
    return replace(NASTY, regions=(replace(JUDGED, findings=(), waived=(), **fields),))  # type: ignore[arg-type]


def test_text() -> None:
    two = replace(NASTY, regions=(replace(JUDGED, findings=(CRITICAL, LOW)),))
    assert text(two) == (
        "eu-west-1: 1 critical\n"
        "  CKV_AWS_17  The database is public\n"
        '    module.database.aws_db_instance.this["[bold]a"]\n'
        "    at   out/my cap/modules/database/main.tf.json:26\n"
        "    spec deploy ments/cap#1.yaml:12 (database.public)\n"
        "    why  Anyone can guess its password.\n"
        "    fix  Set database.public to false.\n"
        "    see  https://example.com/a b\n"
        "\n"
        "eu-west-1: 1 low: told, does not fail\n"
        "  CKV_AWS_144  No replication\n"
        "    aws_s3_bucket.this\n"
        "    at   out/my cap/main.tf.json:3\n"
        "    spec snapshots\n"
        "    fix  Waive it.\n"
        "\n"
        "eu-west-1: 4 resources, 2 checks passed, 2 findings (1 told), 1 waived until 2027-11-30\n" + HINT
    )


def test_a_clean_region_is_one_line() -> None:
    assert text(CLEAN) == "eu-west-1: 84 resources, 2 checks passed, 0 findings, 0 waived\n"


def test_a_region_that_was_not_judged_says_so() -> None:
    broken = RegionAssessment(
        name="eu-west-1", deployment="a", region="b", diagnostics=(Diagnostic(rule="scan-parse", message="no JSON"),)
    )
    assert text(replace(CLEAN, regions=(broken,))) == "eu-west-1: not judged\n"


@pytest.mark.parametrize(
    ("expiries", "said"),
    [((date(2027, 11, 30), date(2027, 1, 2)), "2 waived until 2027-01-02"), ((None,), "1 waived")],
)
def test_the_next_expiry_is_told(expiries: tuple[date | None, ...], said: str) -> None:
    waived = tuple(replace(WAIVED, waiver=replace(WAIVER, expires=expires)) for expires in expiries)
    shown = text(replace(NASTY, regions=(replace(JUDGED, findings=(), waived=waived),)))
    assert shown.endswith(f", {said}\n{HINT}")


@pytest.mark.parametrize("width", [60, 80])
def test_sentences_wrap_beside_their_label_and_places_stay_whole(width: int) -> None:
    long = replace(
        CRITICAL, message="words " * 30, why="reason " * 30, fix="advice " * 30, address="module." + "a" * 90,
        link="https://example.com/" + "b" * 90,
    )  # fmt: skip
    lines = text(replace(NASTY, regions=(replace(JUDGED, findings=(long,)),)), width).splitlines()
    assert "    " + long.address in lines
    assert "    see  " + long.link in lines
    wrapped = [line for line in lines if line.strip() not in (long.address, f"see  {long.link}", HINT.strip())]
    assert max(cell_len(line) for line in wrapped) <= width
    first = next(number for number, line in enumerate(lines) if line.startswith("    why  reason"))
    assert lines[first + 1].startswith("         reason")


def test_severities_have_colours_on_a_terminal_only() -> None:
    output = io.StringIO()
    print_findings(Console(file=output, force_terminal=True, color_system="standard", width=80), NASTY)
    assert "\x1b[1;31m" in output.getvalue()
    assert "\x1b" not in text(NASTY)


@given(assessments)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_that_a_terminal_acts_on_gets_through(assessment: Assessment) -> None:
    shown = text(assessment, 80)
    assert all(character.isprintable() or character == "\n" for character in shown)


def test_a_real_scan_renders() -> None:
    assessment = assessed("rich")
    (only,) = assessment.regions
    assert only.findings
    shown = text(assessment)
    assert shown.count("    fix  ") == len(only.findings)
    severities = [line.split(": ")[1].split(" ")[1] for line in shown.splitlines() if line.startswith("eu-west-1: ")]
    assert severities[:-1] == [each for each in FindingSeverity if any(one.severity is each for one in only.findings)]
