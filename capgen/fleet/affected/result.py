"""What a change touches."""

from dataclasses import dataclass
from typing import Literal

from capgen.diagnostics import Diagnostic, has_errors
from capgen.load import Document


@dataclass(frozen=True, kw_only=True, order=True)
class AffectedRegion:
    """A region of a deployment. `directory` is its root, below the working directory."""

    deployment: str
    region: str
    directory: str
    change: Literal["added", "changed", "deleted"]


@dataclass(frozen=True, kw_only=True)
class Affected:
    """The regions that a change touches, those that it deletes included, in order.

    With an error among the diagnostics it is not known of every deployment.
    """

    since: str
    until: str | None
    regions: tuple[AffectedRegion, ...]
    diagnostics: tuple[Diagnostic, ...] = ()
    documents: tuple[Document | None, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether it is known of every deployment."""
        return not has_errors(self.diagnostics)
