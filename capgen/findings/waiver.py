"""One accepted finding, with who accepts it and until when."""

import re
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from typing import Any

from capgen.diagnostics import Location
from capgen.findings.finding import Finding

#: The `spec` of a waiver that the environment's profile brings.
OF_ENVIRONMENT = "environment"


@dataclass(frozen=True, kw_only=True)
class Waiver:
    """One accepted kind of finding.

    `resource` is an address in which `*` stands for any text. `expires` is the last day on which the waiver holds,
    or None for one that the environment's profile brings, which holds as long as that environment is chosen.
    `deployments` and `regions` are patterns that say where a waiver of a shared file applies, `*` again standing for
    any text. `spec` is the path of the spec that it comes from, empty for one of a shared file; `place` is where it is
    written.
    """

    check: str
    resource: str
    owner: str
    reason: str
    expires: date | None
    deployments: tuple[str, ...] = ("*",)
    regions: tuple[str, ...] = ("*",)
    spec: str = ""
    place: Location | None = field(default=None, compare=False)

    def covers(self, finding: Finding) -> bool:
        """Say whether the waiver accepts a finding, on whatever day."""
        return self.check == finding.check and matches(self.resource, finding.address)

    def applies(self, deployment: str, region: str) -> bool:
        """Say whether the waiver is meant for a region of a deployment."""
        return any(matches(each, deployment) for each in self.deployments) and any(
            matches(each, region) for each in self.regions
        )

    @property
    def lasts(self) -> date:
        """Return the last day on which the waiver holds."""
        return self.expires or date.max

    def to_json(self) -> dict[str, Any]:
        """Return what a reader wants to know of it as plain data."""
        place = {"file": self.place.file, "line": self.place.line} if self.place else {}
        return {"check": self.check, "resource": self.resource, "owner": self.owner, "reason": self.reason,
                "expires": self.expires and self.expires.isoformat()} | place  # fmt: skip


def matches(pattern: str, text: str) -> bool:
    """Say whether a text is as a pattern says; all but `*` is literal: the brackets of an address are its own."""
    return fnmatchcase(text, re.sub(r"[?\[]", r"[\g<0>]", pattern))
