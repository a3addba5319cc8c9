"""The checks that a log has results of, as SARIF's reporting descriptors."""

import re
from collections.abc import Sequence
from typing import Any

from capgen.diagnostics import Diagnostic, Severity
from capgen.findings import Finding, FindingSeverity
from capgen.report.markdown.escape import escaped, web_address
from capgen.report.sarif.message import plain
from capgen.scan.checks import describe

LEVELS = {
    FindingSeverity.CRITICAL: "error",
    FindingSeverity.HIGH: "error",
    FindingSeverity.MEDIUM: "warning",
    FindingSeverity.LOW: "note",
}

_SECURITY_SEVERITY = {
    FindingSeverity.CRITICAL: "9.5",
    FindingSeverity.HIGH: "8.0",
    FindingSeverity.MEDIUM: "5.5",
    FindingSeverity.LOW: "2.0",
}
"""In GitHub's bands: critical from 9.0, high from 7.0, medium from 4.0.
https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support"""

_NAME = 120


def rule_of(findings: Sequence[Finding]) -> dict[str, Any]:
    """Describe a check by its findings."""
    first = min(findings, key=Finding.sort_key)
    title = plain(_title(findings))
    why = plain(first.why) if first.why else title
    link = web_address(first.link)
    help = [why, plain(f"Fix: {first.fix}"), *([f"See {link}"] if link else [])]
    rule = {
        "id": first.check,
        "name": _pascal(title) or first.check,
        "shortDescription": {"text": title},
        "fullDescription": {"text": why},
        "help": {"text": "\n".join(help), "markdown": "\n\n".join(_markdown(why, first.fix, link))},
        "defaultConfiguration": {"level": LEVELS[first.severity]},
        "properties": {
            "precision": "high",
            "security-severity": _SECURITY_SEVERITY[first.severity],
            "tags": ["security", "terraform", "aws"],
        },
    }
    return rule | ({} if link is None else {"helpUri": link})


def rule_of_diagnostic(diagnostic: Diagnostic) -> dict[str, Any]:
    """Describe a rule about specs and waivers by one of its diagnostics. It has no security severity."""
    title = diagnostic.rule.replace("-", " ").capitalize()
    link = web_address(diagnostic.link or "")
    rule = {
        "id": diagnostic.rule,
        "name": _pascal(title) or diagnostic.rule,
        "shortDescription": {"text": plain(title)},
        "defaultConfiguration": {"level": level_of(diagnostic)},
        "properties": {"tags": ["maintainability"]},
    }
    return rule | ({} if link is None else {"helpUri": link})


def level_of(diagnostic: Diagnostic) -> str:
    """Return SARIF's word for a diagnostic's severity."""
    return "error" if diagnostic.severity is Severity.ERROR else "warning"


def _title(findings: Sequence[Finding]) -> str:
    """Return what holds for all findings of a check: GitHub puts it above each of them."""
    first, messages = findings[0], {finding.message for finding in findings}
    return describe(first.check).title or (first.message if len(messages) == 1 else first.why or first.check)


def _markdown(why: str, fix: str, link: str | None) -> list[str]:
    parts = [escaped(why), f"**Fix:** {escaped(fix)}"]
    return parts if link is None else [*parts, f"[More about it]({link})"]


def _pascal(title: str) -> str:
    """Return a title as one word, as SARIF recommends for the name of a rule."""
    words = re.findall(r"[A-Za-z0-9]+", title)
    return "".join(word[0].upper() + word[1:] for word in words)[:_NAME]
