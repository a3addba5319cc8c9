"""Judge one region's root: what will exist, who can reach it, who may do what, and what policy says."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from capgen.assess.assessment import RegionAssessment, Terms
from capgen.assess.root import nowhere, read_root
from capgen.diagnostics import Diagnostic, has_errors, in_reading_order
from capgen.evaluate import programs
from capgen.findings import Finding
from capgen.permissions import holders
from capgen.reach import differences, reachability
from capgen.scan import IncompleteScanError, Locate, PolicyError, scan


def assess_region(
    root: Path,
    *,
    terms: Terms,
    name: str,
    base: Path,
    locate: Locate = nowhere,
    spec: Any = None,
    told: Sequence[Diagnostic] = (),
) -> RegionAssessment:
    """Judge a region's root and the modules it calls, all of which lie in the folder above it.

    `locate` finds the place of a spec path. File names are relative to `base`. `spec` is what the root's policy.json
    should say, where the spec is at hand; `told` is what there is to say of the root already. No waiver is applied yet.
    """
    folder = root.resolve()
    region = RegionAssessment(name=name, deployment=folder.parent.name, region=folder.name)
    read = read_root(root, base, locate, spec)
    intent, flattened, tree = read.intent, read.flattened, read.tree
    diagnostics = [*read.diagnostics, *told, *programs(flattened)]
    if intent is None or has_errors(diagnostics):
        return replace(region, resources=len(flattened.resources), diagnostics=tuple(in_reading_order(diagnostics)))
    try:
        scanned = scan(flattened, locate=locate, policies=terms.policies)
    except PolicyError as error:
        return replace(region, resources=len(flattened.resources), diagnostics=error.diagnostics)
    except IncompleteScanError as error:
        tree.refuse("scan-incomplete", f"region {name} was not judged: {error}", tree.directory(root).place())
        diagnostics = in_reading_order([*diagnostics, tree.diagnostics[-1]])
        return replace(region, resources=len(flattened.resources), diagnostics=tuple(diagnostics))
    reached = reachability(flattened, intent.network)
    public = intent.network.public
    unintended = [] if intent.flows is None else differences(reached, intent.flows, flattened, locate, public)
    return replace(
        region,
        findings=tuple(sorted((*scanned.findings, *unintended), key=Finding.sort_key)),
        passed=scanned.passed,
        resources=len(flattened.resources),
        reachability=reached,
        intended=intent.flows,
        holders=holders(flattened),
        flattened=flattened,
        carried=intent.waivers,
        diagnostics=tuple(in_reading_order(diagnostics)),
    )
