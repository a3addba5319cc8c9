"""What the policy scan found, as text for people and as plain data for machines."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from rich.console import Console
from rich.text import Text

from capgen.scan import Finding, FindingSeverity, RegionScan

_STYLES = {
    FindingSeverity.CRITICAL: "bold red",
    FindingSeverity.HIGH: "red",
    FindingSeverity.MEDIUM: "yellow",
    FindingSeverity.LOW: "cyan",
}


def print_findings(console: Console, scans: Sequence[RegionScan]) -> None:
    """Print every region: what stands, by severity; what is waived, in short; and a summary line each."""
    for scan in scans:
        for line in _lines(scan):
            console.print(line, soft_wrap=True)
    for scan in scans:
        console.print(_summary(scan), soft_wrap=True)


def findings_document(scans: Sequence[RegionScan]) -> dict[str, Any]:
    """Return the results as plain data."""
    return {"regions": [_region_document(scan) for scan in scans]}


def _region_document(scan: RegionScan) -> dict[str, Any]:
    return {
        "region": scan.region,
        "judged": scan.judged,
        "resources": scan.resources,
        "passed": scan.passed,
        "findings": [finding.to_json() for finding in scan.findings],
        "waived": [finding.to_json() for finding in scan.waived],
        "unused_waivers": [
            {"check": waiver.check, "resource": waiver.resource, "reason": waiver.reason}
            for waiver in scan.unused_waivers
        ],
    }


def _lines(scan: RegionScan) -> Iterator[Text]:
    for severity, findings in groupby(scan.findings, key=lambda finding: finding.severity):
        group = list(findings)
        yield Text(f"{scan.region}: {len(group)} {severity}", style=_STYLES[severity])
        for finding in group:
            yield from _finding(finding)
        yield Text()
    if scan.waived:
        yield Text(f"{scan.region}: {len(scan.waived)} waived", style="dim")
        for finding in scan.waived:
            yield Text(f"  {finding.check}  {finding.address}: {finding.waiver}", style="dim")
        yield Text()
    for waiver in scan.unused_waivers:
        yield Text.assemble(
            ("warning: ", "yellow"),
            f"{scan.region}: the waiver of {waiver.check} for {waiver.resource} matches nothing",
        )


def _finding(finding: Finding) -> Iterator[Text]:
    yield Text.assemble("  ", (finding.check, _STYLES[finding.severity]), f"  {finding.message}")
    yield Text(f"    {finding.address}")
    yield Text(f"    at   {finding.file}:{finding.line}", style="dim")
    if finding.spec is not None:
        yield Text(f"    spec {finding.spec.file}:{finding.spec.line} ({finding.spec_path})", style="dim")
    elif finding.spec_path:
        yield Text(f"    spec {finding.spec_path}", style="dim")
    yield Text(f"    fix  {finding.fix}")


def _summary(scan: RegionScan) -> Text:
    if not scan.judged:
        return Text(f"{scan.region}: not judged", style="bold red")
    counts = f"{_count(scan.resources, 'resource')}, {_count(scan.passed, 'check')} passed"
    findings = f"{_count(len(scan.findings), 'finding')}, {len(scan.waived)} waived"
    return Text(f"{scan.region}: {counts}, {findings}", style="red" if scan.findings else "green")


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" + ("" if number == 1 else "s")
