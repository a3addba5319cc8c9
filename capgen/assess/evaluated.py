"""Evaluate a compiled tree without asking policy: what will exist, who can reach it, who may do what."""

from dataclasses import replace
from pathlib import Path

from capgen.assess.assessment import RegionAssessment
from capgen.assess.files import with_digests
from capgen.assess.root import read_root
from capgen.assess.tree import find_roots, not_read, region_name
from capgen.diagnostics import has_errors, in_reading_order
from capgen.permissions import holders
from capgen.reach import reachability


def evaluate_tree(path: Path) -> tuple[RegionAssessment, ...]:
    """Evaluate every region under a folder. Neither checkov nor a waiver plays a role, so there are no findings.

    A region with an error among its diagnostics could not be read: nothing else is known of it.
    """
    roots, refused = find_roots(path)
    if refused is not None:
        return (not_read(path, refused),)
    return tuple(_evaluated(root, path) for root in roots)


def _evaluated(root: Path, base: Path) -> RegionAssessment:
    folder = root.resolve()
    region = RegionAssessment(name=region_name(root, base), deployment=folder.parent.name, region=folder.name)
    read = read_root(root, base)
    intent, flattened = read.intent, read.flattened
    found = tuple(in_reading_order(read.diagnostics))
    if intent is None or has_errors(found):
        return replace(region, diagnostics=found)
    return replace(
        region,
        resources=len(flattened.resources),
        reachability=reachability(flattened, intent.network),
        intended=intent.flows,
        holders=holders(flattened),
        flattened=with_digests(flattened, base),
        carried=intent.waivers,
        diagnostics=found,
    )
