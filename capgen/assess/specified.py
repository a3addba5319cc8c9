"""What a spec says of the regions of a tree: it counts, whatever stands in the tree."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from capgen.assess.intent import POLICY_FILE
from capgen.diagnostics import Diagnostic, Location, Severity


@dataclass(frozen=True, kw_only=True)
class Specified:
    """A spec at hand. `regions` is what policy.json should say in each region's root, as data, by the region's code.

    `digest` is that of the spec's values, as a manifest has it.
    """

    deployment: str
    digest: str
    regions: Mapping[str, Any]

    def policy(self, root: Path, roots: Sequence[Path]) -> Any:
        """Return what the policy.json of a root should say, or None for a root that is not of the spec.

        The folder of a deployment may be called anything, as long as it is the only one.
        """
        folder = root.resolve()
        alone = len({each.resolve().parent for each in roots}) == 1
        return self.regions.get(folder.name) if alone or folder.parent.name == self.deployment else None

    def stale(self, manifest: Mapping[str, Any] | None, shown_as: str) -> Diagnostic | None:
        """Tell of a tree that was compiled from another spec, or from an earlier state of this one."""
        if manifest is None or manifest.get("spec_sha256") == self.digest:
            return None
        return Diagnostic(
            rule="scan-other-spec",
            message="the tree was not compiled from this spec as it stands, so nothing was judged",
            location=Location(shown_as, 1, 1),
            hint="compile the spec again, or name the spec that the tree comes from",
        )

    def stranger(self, shown_as: str) -> Diagnostic:
        """Tell of a root that the spec does not have."""
        return Diagnostic(
            rule="scan-not-of-spec",
            message=f"the spec has no such region of {self.deployment}: it is held to its own {POLICY_FILE}",
            severity=Severity.WARNING,
            location=Location(shown_as, 1, 1),
            allowed=", ".join(sorted(self.regions)),
            hint="remove it if the spec has given it up, or scan it with the spec that it comes from",
        )
