"""One thing that policy says against what Terraform will create."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from capgen.diagnostics import Location

if TYPE_CHECKING:
    from capgen.findings.waiver import Waiver


class FindingSeverity(StrEnum):
    """How bad a finding is, worst first. checkov has no severities offline: these are capgen's own."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def rank(self) -> int:
        """Return the place in the order, 0 being the worst."""
        return list(FindingSeverity).index(self)


@dataclass(frozen=True, kw_only=True)
class Finding:
    """A check that a block fails.

    `address` is the block's address as Terraform writes it; `file`, relative to what was scanned, and `line` say where
    it stands. `spec_path` is the path in the spec that decides, and `spec` its place. `waiver` is what
    accepts the finding. `why` says why it matters, and `link` is a page about it; either may be empty.
    """

    check: str
    severity: FindingSeverity
    message: str
    address: str
    file: str
    line: int
    fix: str
    spec_path: str
    spec: Location | None = None
    waiver: "Waiver | None" = None
    why: str = ""
    link: str = ""

    def sort_key(self) -> tuple[int, str, int, str, str]:
        """Worst first, then by place."""
        return (self.severity.rank, self.file, self.line, self.check, self.address)

    def to_json(self) -> dict[str, Any]:
        """Return the finding as plain data."""
        spec = self.spec
        return {
            "check": self.check,
            "severity": str(self.severity),
            "address": self.address,
            "file": self.file,
            "line": self.line,
            "spec": {"path": self.spec_path} | ({"file": spec.file, "line": spec.line} if spec else {}),
            "message": self.message,
            "fix": self.fix,
            "why": self.why,
            "link": self.link,
        } | ({} if self.waiver is None else {"waiver": self.waiver.to_json()})
