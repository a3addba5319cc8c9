"""What a spec is expected to be told, as comments on its lines: `# ERROR: rule-id: start of the message`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from capgen.diagnostics import Severity

_MARK = re.compile(
    r"# (?P<severity>ERROR|WARNING): (?P<rule>[a-z0-9_-]+)(?:: (?P<message>.*?))?(?=\s*# (?:ERROR|WARNING): |\s*$)"
)


@dataclass(frozen=True, order=True)
class Expectation:
    """One diagnostic: where, which, and how its message starts."""

    file: str
    line: int
    severity: Severity
    rule: str
    message: str


def expectations(path: Path) -> list[Expectation]:
    return sorted(_expectations(path))


def _expectations(path: Path) -> Iterator[Expectation]:
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        for match in _MARK.finditer(line):
            severity = Severity(match["severity"].lower())
            yield Expectation(path.name, number, severity, match["rule"], match["message"] or "")
