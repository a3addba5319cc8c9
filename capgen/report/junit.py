"""An assessment as JUnit XML, as the test reports of Jenkins, GitLab and others read it.

It keeps to what both common schemas allow: Jenkins' junit-10.xsd and Windy Road's JUnit.xsd.
"""

from collections.abc import Iterable
from xml.etree import ElementTree as ET

from capgen.assess import Assessment
from capgen.diagnostics import Diagnostic
from capgen.report.junit_cases import Case, cases_of_diagnostics, cases_of_region, told, warnings
from capgen.validate.words import printable


def junit_xml(assessment: Assessment, said: Iterable[Diagnostic] = ()) -> str:
    """Return a suite for each region with a case for each check of each address; and one for the spec and the waivers.

    `said` is what there is to say about the spec or the plan. Findings that do not fail are told in the suite's output.
    """
    suites = ET.Element("testsuites")
    inputs = [*said, *assessment.waiver_diagnostics]
    day = assessment.terms.today.isoformat()
    add_suite(suites, "capgen", "capgen", day, cases_of_diagnostics(inputs), warnings(inputs))
    for region in assessment.regions:
        package = region.name.replace("/", ".")
        harmless = [finding for finding in region.findings if not assessment.terms.fails(finding)]
        lines = "".join(f"{told(finding)}\n\n" for finding in harmless)
        cases = cases_of_region(assessment, region)
        add_suite(suites, region.name, package, day, cases, lines + warnings(region.diagnostics))
    return junit_text(suites)


def junit_text(suites: ET.Element) -> str:
    """Write a document."""
    ET.indent(suites)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(suites, encoding="unicode")}\n'


def add_suite(suites: ET.Element, name: str, package: str, day: str, cases: Iterable[Case], output: str) -> None:
    """Add a suite of cases. `day` is YYYY-MM-DD, `output` what else there is to say."""
    listed = list(cases)
    counts = {outcome: sum(case.outcome == outcome for case in listed) for outcome in ("failure", "error", "skipped")}
    suite = ET.SubElement(suites, "testsuite", {
        "name": _line(name), "package": _line(package), "id": str(len(suites)), "tests": str(len(listed)),
        "failures": str(counts["failure"]), "errors": str(counts["error"]), "skipped": str(counts["skipped"]),
        "time": "0", "timestamp": f"{day}T00:00:00", "hostname": "localhost",
    })  # fmt: skip
    ET.SubElement(suite, "properties")
    for case in listed:
        element = ET.SubElement(suite, "testcase", {"classname": _line(package), "name": _line(case.name), "time": "0"})
        if case.outcome:
            attributes = {"type": _line(case.type), "message": _line(case.message)}
            if case.outcome == "skipped":
                del attributes["type"]
            ET.SubElement(element, case.outcome, attributes).text = _text(case.text)
    ET.SubElement(suite, "system-out").text = _text(output)
    ET.SubElement(suite, "system-err")


def _line(text: str) -> str:
    return _text(" ".join(text.split()))


def _text(text: str) -> str:
    """Escape what does not print. XML 1.0 forbids a part of it even as a reference.

    https://www.w3.org/TR/xml/#charsets
    """
    return "\n".join(printable(line) for line in text.split("\n"))
