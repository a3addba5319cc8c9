"""JUnit XML: valid, one case for each check of each address, red only for what fails."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import xmlschema
from hypothesis import HealthCheck, given, settings

from capgen.assess import Assessment
from capgen.pipeline import validate_text
from capgen.report.junit import junit_xml
from tests.report.assessments import CLEAN, CRITICAL, HIGH, JUDGED, LOW, NASTY, WAIVED, assessed, assessments

HERE = Path(__file__).parent
SCHEMA = xmlschema.XMLSchema(HERE / "schemas/junit-10.xsd")


def suites(assessment: Assessment) -> ET.Element:
    """Return the root of a valid document."""
    text = junit_xml(assessment)
    root = ET.fromstring(text.encode())
    SCHEMA.validate(text)
    return root


def cases(assessment: Assessment, suite: str) -> dict[str, ET.Element]:
    return {case.attrib["name"]: case for case in suites(assessment).findall(f"testsuite[@name='{suite}']/testcase")}


def test_the_document_as_a_whole(golden: Callable[[Path, str], None]) -> None:
    suites(NASTY)
    golden(HERE / "golden/assessment.xml", junit_xml(NASTY))


@given(assessments)
@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_gives_a_valid_document(assessment: Assessment) -> None:
    root = suites(assessment)
    for number, suite in enumerate(root):
        found = suite.findall("testcase")
        assert suite.attrib["id"] == str(number)
        assert suite.attrib["tests"] == str(len(found)) != "0"
        for outcome, counted in (("failure", "failures"), ("error", "errors"), ("skipped", "skipped")):
            assert suite.attrib[counted] == str(len(suite.findall(f"testcase/{outcome}")))
    broken = root.findall("testsuite/testcase/failure") + root.findall("testsuite/testcase/error")
    assert (not broken) is assessment.ok


def test_the_order_of_elements_is_also_that_of_windy_roads_schema() -> None:
    """https://github.com/windyroad/JUnit-Schema: a sequence, one outcome for each case, and no output in a case."""
    for suite in suites(NASTY):
        names = [element.tag for element in suite]
        assert names == ["properties", *["testcase"] * (len(names) - 3), "system-out", "system-err"]
        assert {"name", "package", "id", "timestamp", "hostname", "tests", "failures", "errors", "time"} <= set(
            suite.attrib
        )
        assert all(len(case) <= 1 for case in suite.findall("testcase"))


def test_each_check_of_each_address_is_a_case() -> None:
    found = cases(NASTY, "eu-west-1")
    assert len(found) == 7
    failure = found[f"{CRITICAL.check} {CRITICAL.address}"].find("failure")
    assert failure is not None
    assert failure.text is not None
    assert (failure.attrib["type"], failure.attrib["message"]) == ("critical", CRITICAL.message)
    for part in ("modules/database/main.tf.json:26", "cap#1.yaml:12", CRITICAL.fix, CRITICAL.why):
        assert part in failure.text
    skipped = found[f"{WAIVED.check} {WAIVED.address}"].find("skipped")
    assert skipped is not None
    assert skipped.attrib["message"].startswith("@team|net: a|b")
    assert list(found["CKV_AWS_16 " + CRITICAL.address]) == []


def test_what_is_below_the_threshold_does_not_fail_the_pipeline_and_is_told() -> None:
    assert list(cases(NASTY, "eu-west-1")[f"{LOW.check} {LOW.address}"]) == []
    output = suites(NASTY).findtext("testsuite[@name='eu-west-1']/system-out")
    assert output is not None
    assert "low: CKV_AWS_144 No replication" in output


def test_one_address_that_fails_a_check_twice_is_one_case() -> None:
    twice = replace(
        JUDGED, findings=(CRITICAL, replace(CRITICAL, message="again", line=30)), waived=(WAIVED,), passed=()
    )
    found = cases(replace(NASTY, regions=(twice,)), "eu-west-1")
    assert len(found) == 3
    text = found[f"{CRITICAL.check} {CRITICAL.address}"].findtext("failure")
    assert text is not None
    assert "again" in text
    assert CRITICAL.message in text


def test_a_region_that_was_not_judged_is_an_error() -> None:
    (case,) = cases(NASTY, "us-east-1").values()
    error = case.find("error")
    assert error is not None
    assert (error.attrib["type"], error.attrib["message"]) == ("scan-parse", "this is not JSON")


def test_a_waiver_that_does_not_hold_fails_and_one_that_ends_soon_is_told() -> None:
    suite = suites(NASTY).find("testsuite[@name='capgen']")
    assert suite is not None
    (failure,) = suite.findall("testcase/failure")
    assert failure.attrib["type"] == "waiver-expired"
    assert "it expires in 7 days" in (suite.findtext("system-out") or "")


def test_a_wrong_spec_fails() -> None:
    wrong = validate_text("api_version: capgen/v1\nnme: x\n", "cap.yaml")
    root = ET.fromstring(junit_xml(Assessment(terms=CLEAN.terms), wrong.diagnostics).encode())
    assert root.findall("testsuite/testcase/failure")


def test_nothing_wrong_is_green() -> None:
    root = suites(CLEAN)
    assert [suite.attrib["failures"] + suite.attrib["errors"] for suite in root] == ["00", "00"]


def test_forbidden_characters_stand_as_escapes() -> None:
    case = cases(NASTY, "eu-west-1")
    assert any("\\u0000\\u001b[31m" in name for name in case)
    assert HIGH.address not in case


@pytest.mark.parametrize("tree", ["small", "rich", "example"])
def test_a_real_tree(tree: str) -> None:
    assessment = assessed(tree)
    (region,) = assessment.regions
    found = cases(assessment, region.name)
    keys = {(each.check, each.address) for each in (*region.findings, *region.waived)}
    keys |= {(each.check, each.address) for each in region.passed}
    assert len(found) == len(keys) + 1 > 50
