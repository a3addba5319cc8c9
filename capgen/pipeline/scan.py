"""Stages 8 to 12 on a compiled tree."""

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from capgen.diagnostics import Diagnostic, in_reading_order
from capgen.load import Document
from capgen.model.regional import DeploymentModel
from capgen.pipeline.locators import locators
from capgen.pipeline.results import Scanned, Validated
from capgen.pipeline.validate import validate

if TYPE_CHECKING:  # checkov is behind it
    from capgen.assess import Specified, Terms


def scan(directory: Path, terms: "Terms", spec: Path | None = None) -> Scanned:
    """Judge a compiled tree. With the spec that it came from, findings name its lines, and its waivers and flows count.

    Without it, those that the tree itself carries do.
    """
    from capgen.assess import Assessment, assess_tree

    if spec is None:
        return Scanned(None, assess_tree(directory, terms=terms))
    validated = validate(spec)
    if validated.model is None:
        return Scanned(validated, Assessment(terms=terms))
    specified = _specified(validated.model, validated.document)
    assessment = assess_tree(directory, terms=terms, locators=locators(validated.model), spec=specified)
    return Scanned(validated, assessment)


def not_scanned(terms: "Terms", diagnostics: Iterable[Diagnostic]) -> Scanned:
    """Return what is known where the terms themselves were refused: nothing was judged."""
    from capgen.assess import Assessment

    return Scanned(Validated(None, None, tuple(in_reading_order(diagnostics))), Assessment(terms=terms))


def _specified(model: DeploymentModel, document: Document | None) -> "Specified":
    """Return what each region's policy.json should say, as it would be read."""
    from capgen.assess import Specified
    from capgen.write.manifest import spec_digest
    from capgen.write.policy import policy
    from capgen.write.terraform_files import canonical_json

    regions = {region.values.region: json.loads(canonical_json(policy(region))) for region in model.regions}
    return Specified(
        deployment=model.name, digest=spec_digest(document.digested if document else None), regions=regions
    )
