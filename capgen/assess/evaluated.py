"""Evaluate a compiled tree without asking policy: what will exist, who can reach it, who may do what."""

import os
from dataclasses import replace
from pathlib import Path

from capgen.assess.assessment import RegionAssessment
from capgen.assess.files import with_digests
from capgen.assess.intent import POLICY_FILE, read_intent
from capgen.assess.region import nowhere
from capgen.assess.tree import find_roots, not_read, region_name
from capgen.diagnostics import has_errors, in_reading_order
from capgen.evaluate import Tree, flatten
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
    shown = Path(os.path.relpath(root / POLICY_FILE, base)).as_posix()
    intent, diagnostics = read_intent(root, shown, nowhere)
    tree = Tree(base=base, boundary=folder.parent)
    flattened = flatten(tree.directory(root), tree)
    found = tuple(in_reading_order([*diagnostics, *tree.diagnostics]))
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
