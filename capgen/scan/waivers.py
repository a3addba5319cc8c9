"""Accept findings for a stated reason."""

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from capgen.diagnostics import Diagnostic, Location
from capgen.model.policy import Waiver
from capgen.scan.finding import Finding

#: Written into every region's root, so that the tree can be judged without the spec.
POLICY_FILE = "policy.json"


def apply_waivers(
    findings: Iterable[Finding], waivers: Sequence[Waiver]
) -> tuple[list[Finding], list[Finding], list[Waiver]]:
    """Split findings into those that stand and those that a waiver accepts; and return the waivers that match none."""
    standing: list[Finding] = []
    waived: list[Finding] = []
    used: set[Waiver] = set()
    for finding in findings:
        matching = [waiver for waiver in waivers if matches(waiver, finding)]
        used.update(matching)
        if matching:
            waived.append(replace(finding, waiver=matching[0].reason))
        else:
            standing.append(finding)
    return standing, waived, [waiver for waiver in waivers if waiver not in used]


def matches(waiver: Waiver, finding: Finding) -> bool:
    """Say whether a waiver accepts a finding. In its resource `*` stands for any text; all else is literal."""
    pattern = ".*".join(map(re.escape, waiver.resource.split("*")))
    return waiver.check == finding.check and re.fullmatch(pattern, finding.address, re.DOTALL) is not None


def read_waivers(root: Path, shown_as: str) -> tuple[list[Waiver], list[Diagnostic]]:
    """Read the waivers that stand in a region's root. There may be none."""
    file = root / POLICY_FILE
    if not file.exists():
        return [], []
    try:
        policy = json.loads(file.read_text(encoding="utf-8"))
        return [_waiver(entry) for entry in policy["waivers"]], []
    except (OSError, ValueError, KeyError, TypeError) as error:
        message = f"the waivers cannot be read: {type(error).__name__}: {error}"
        hint = 'expected {"waivers": [{"check": "...", "resource": "...", "reason": "..."}]}'
        place = Location(shown_as, getattr(error, "lineno", 1), 1)
        return [], [Diagnostic(rule="scan-waivers", message=message, location=place, hint=hint)]


def _waiver(entry: dict[str, str]) -> Waiver:
    check, resource, reason = entry["check"], entry["resource"], entry["reason"]
    if not all(isinstance(text, str) and text.strip() for text in (check, resource, reason)):
        raise ValueError("check, resource and reason must be text")
    return Waiver(check=check, resource=resource, reason=reason)
