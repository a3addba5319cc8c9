"""Judge a plan before it is applied: what it destroys, who it lets in, and what policy says of what will be."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from capgen.assess import Assessment, Terms
from capgen.compare import RegionChanges
from capgen.diagnostics import Diagnostic, has_errors, in_reading_order
from capgen.gate.compiled_root import CompiledRoot, read_root
from capgen.gate.consequences import consequences
from capgen.gate.flatten import flatten_plan
from capgen.gate.held import assess_plan
from capgen.gate.plan import plan_of
from capgen.gate.plan_file import read_plan_file
from capgen.gate.planned import planned_changes
from capgen.gate.providers import region_of
from capgen.gate.review import Review


def review_plan(path: Path, terms: Terms, *, tree: Path | None = None, allow: Sequence[str] = ()) -> Review:
    """Judge the JSON of a plan. `tree` is the compiled root it was made from, `allow` what may be dangerous."""
    document, problems = read_plan_file(path)
    nothing = Review(plan=path.name, assessment=Assessment(terms=terms), region=RegionChanges(region=path.stem))
    if document is None:
        return replace(nothing, diagnostics=tuple(problems))
    try:
        plan = plan_of(document, path.name)
        changes = planned_changes(plan.changes)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        message = f"the plan is not as Terraform writes it: {type(error).__name__}: {error}"
        return replace(nothing, diagnostics=(Diagnostic(rule="plan-shape", message=message),))
    named = region_of(plan)
    root: CompiledRoot | None = None
    if tree is not None:
        managed = (address for address, each in plan.after.items() if not each.is_data and each.is_aws)
        root, problems = read_root(tree, named, managed)
        if root is None or has_errors(problems):
            return replace(nothing, diagnostics=tuple(problems))
    region = named or (root.path.resolve().name if root else path.stem)
    sides = flatten_plan(plan, root.flattened if root else None)
    assessment, unjudged = assess_plan(sides, path, region, terms, root)
    review = consequences(plan, sides, changes, assessment, region=region, root=root, allow=allow)
    return replace(
        review,
        unjudged=tuple(sorted({*review.unjudged, *unjudged})),
        diagnostics=tuple(in_reading_order([*problems, *review.diagnostics])),
    )
