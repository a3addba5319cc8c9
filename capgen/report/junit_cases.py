"""What an assessment is as the cases of a test report."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from capgen.assess import Assessment, RegionAssessment
from capgen.diagnostics import Diagnostic, Severity, has_errors
from capgen.findings import Finding, Waiver

_JUDGED = "the region is judged"
_GOOD = "spec, plan and waivers are good"


@dataclass(frozen=True, kw_only=True)
class Case:
    """One test: `outcome` is failure, error, skipped, or empty for one that passes."""

    name: str
    outcome: str = ""
    type: str = ""
    message: str = ""
    text: str = ""


def cases_of_region(assessment: Assessment, region: RegionAssessment) -> Iterator[Case]:
    """Return a case for each check of each address, sorted, behind one that says whether the region was judged at all.

    A finding that does not fail passes: a test report knows no third way.
    """
    yield _judged(region)
    failed: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    waived: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    names = {(each.address, each.check) for each in region.passed}
    for finding in (*region.findings, *region.waived):
        key = (finding.address, finding.check)
        names.add(key)
        if finding.waiver is not None:
            waived[key].append(finding)
        elif assessment.terms.fails(finding):
            failed[key].append(finding)
    for key in sorted(names):
        yield _case(key, failed.get(key, []), waived.get(key, []))


def _judged(region: RegionAssessment) -> Case:
    errors = [found for found in region.diagnostics if found.severity is Severity.ERROR]
    if not errors:
        return Case(name=_JUDGED)
    texts = "\n".join(f"{found.location or region.name}: {found.message}" for found in errors)
    return Case(name=_JUDGED, outcome="error", type=errors[0].rule, message=errors[0].message, text=texts)


def _case(key: tuple[str, str], failed: list[Finding], waived: list[Finding]) -> Case:
    name = f"{key[1]} {key[0]}"
    if failed:
        texts = "\n\n".join(map(told, failed))
        return Case(name=name, outcome="failure", type=failed[0].severity, message=failed[0].message, text=texts)
    waivers = dict.fromkeys(finding.waiver for finding in waived if finding.waiver is not None)
    if waivers:
        return Case(name=name, outcome="skipped", message="; ".join(map(_accepted, waivers)))
    return Case(name=name)


def told(finding: Finding) -> str:
    """Return everything there is to say about a finding, line by line."""
    lines = [f"{finding.severity}: {finding.check} {finding.message}", finding.address]
    if finding.why:
        lines.append(f"why  {finding.why}")
    lines += [f"fix  {finding.fix}", f"at   {finding.file}:{finding.line}"]
    if finding.spec is not None:
        lines.append(f"spec {finding.spec.file}:{finding.spec.line} ({finding.spec_path})")
    return "\n".join(lines)


def _accepted(waiver: Waiver) -> str:
    until = f" (until {waiver.expires})" if waiver.expires else ""
    return f"{waiver.owner}: {waiver.reason}{until}"


def cases_of_diagnostics(diagnostics: Iterable[Diagnostic]) -> Iterator[Case]:
    """Return a case for each error about a spec, a plan or a waiver, or one that passes."""
    for found in diagnostics:
        if found.severity is Severity.ERROR:
            place = f"{found.location}\n" if found.location else ""
            name = f"{found.rule} {found.path or found.value or found.message}"
            text = place + (found.hint or "")
            yield Case(name=name, outcome="failure", type=found.rule, message=found.message, text=text)
    if not has_errors(diagnostics):
        yield Case(name=_GOOD)


def warnings(diagnostics: Iterable[Diagnostic]) -> str:
    """Return a line for each warning."""
    found = (each for each in diagnostics if each.severity is Severity.WARNING)
    return "".join(f"warning: {each.message}{f' at {each.location}' if each.location else ''}\n" for each in found)
