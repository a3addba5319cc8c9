"""What becomes of one deployment of a fleet."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from capgen.diagnostics import Diagnostic
from capgen.fleet.difference import Difference
from capgen.load import Document

if TYPE_CHECKING:
    from capgen.fleet.plain import JudgedRegion
    from capgen.model.regional import DeploymentModel


class Status(StrEnum):
    """What was done. A deployment that is BUILT may still have findings that fail."""

    BUILT = "built"
    UNCHANGED = "unchanged"
    STALE = "stale"
    FAILED = "failed"


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What becomes of one deployment.

    `spec` is its file, as the user reached it. `deployment` is None where the spec could not be read that far, and
    `directory` where nothing was written. `diagnostics` are about the spec and the output; those about the judgement
    stand with the regions, to which no waiver is applied yet. `document` is there to quote lines from. `told` are those
    of `diagnostics` that the spec alone decides, `texts` the digests of its files, by name. `manifest` is the digest of
    the manifest that was written or compiled, `tree` that of what was judged. `region_digests` has one for what each
    region reads. `files` are those of an output that was compiled on another machine.
    """

    spec: str
    deployment: str | None = None
    status: Status
    directory: str | None = None
    diagnostics: tuple[Diagnostic, ...] = ()
    regions: "tuple[JudgedRegion, ...]" = ()
    texts: Mapping[str, str] | None = None
    document: Document | None = None
    told: tuple[Diagnostic, ...] = ()
    manifest: str | None = None
    tree: str | None = None
    model: "DeploymentModel | None" = None
    differences: tuple[Difference, ...] = ()
    region_digests: Mapping[str, str] | None = None
    files: Mapping[str, bytes] | None = None
