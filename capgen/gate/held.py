"""Ask policy about what a plan ends with, and hold it to what its compiled root asks for."""

from dataclasses import replace
from pathlib import Path

from capgen.assess import Assessment, RegionAssessment, Terms
from capgen.assess.waivers import apply_waivers
from capgen.diagnostics import Diagnostic, Location
from capgen.findings import Finding
from capgen.gate.body import Unjudged
from capgen.gate.compiled_root import CompiledRoot
from capgen.gate.flatten import Sides
from capgen.permissions import holders
from capgen.reach import differences, reachability
from capgen.scan import IncompleteScanError, PolicyError, Scan, scan
from capgen.scan.policies import POLICIES
from capgen.topology import DeclaredNetwork

#: Checks of what a plan does not have: only the configuration knows `lifecycle`.
_OF_LIFECYCLE = frozenset(policy.id for policy in POLICIES if "lifecycle" in policy.arguments)


def assess_plan(
    sides: Sides, path: Path, region: str, terms: Terms, root: CompiledRoot | None
) -> tuple[Assessment, list[Unjudged]]:
    """Judge what Terraform will know of. Waivers come from the root and from the terms.

    Returns what could not be judged beside it. A plan that checkov does not judge as a whole is an error in its region.
    """
    folder = root.path.resolve() if root else None
    judged = RegionAssessment(
        name=region,
        deployment=folder.parent.name if folder else path.stem,
        region=region,
        resources=len(sides.after.resources),
    )
    base = str(root.path if root else path.parent)
    try:
        scanned = scan(sides.after, locate=_nowhere, policies=terms.policies)
    except PolicyError as error:
        told = error.diagnostics
        return Assessment(terms=terms, regions=(replace(judged, diagnostics=told),), base=base), []
    except IncompleteScanError as error:
        message = f"the plan was not judged: {error}"
        told = (Diagnostic(rule="scan-incomplete", message=message),)
        return Assessment(terms=terms, regions=(replace(judged, diagnostics=told),), base=base), []
    (judged,), waivers = apply_waivers([_held(judged, scanned, sides, root)], terms)
    judged, unjudged = (judged, []) if root else _without_lifecycle(judged)
    return Assessment(terms=terms, regions=(judged,), waiver_diagnostics=tuple(waivers), base=base), unjudged


def _held(region: RegionAssessment, scanned: Scan, sides: Sides, root: CompiledRoot | None) -> RegionAssessment:
    """Add what is found, and what is not as the root asks for."""
    network = root.intent.network if root else DeclaredNetwork()
    reached = reachability(sides.after, network)
    flows = root.intent.flows if root else None
    unintended = [] if flows is None else differences(reached, flows, sides.after, _nowhere, network.public)
    return replace(
        region,
        findings=tuple(sorted((*scanned.findings, *unintended), key=Finding.sort_key)),
        passed=scanned.passed,
        reachability=reached,
        intended=flows,
        holders=holders(sides.after),
        flattened=sides.after,
        carried=root.intent.waivers if root else (),
    )


def _nowhere(_spec_path: str) -> Location | None:
    return None


def _without_lifecycle(region: RegionAssessment) -> tuple[RegionAssessment, list[Unjudged]]:
    """Take back what was said of `lifecycle`, which is not in a plan."""
    told = (*region.findings, *region.waived)
    unjudged = [Unjudged(address=each.address, argument="lifecycle", document=False)
                for each in told if each.check in _OF_LIFECYCLE]  # fmt: skip
    findings, waived = ([each for each in found if each.check not in _OF_LIFECYCLE]
                        for found in (region.findings, region.waived))  # fmt: skip
    return replace(region, findings=tuple(findings), waived=tuple(waived)), unjudged
