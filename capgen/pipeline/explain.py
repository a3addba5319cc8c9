"""Stages 1 to 4 again, for the values alone."""

from dataclasses import dataclass
from pathlib import Path

from capgen.diagnostics import Diagnostic, has_errors
from capgen.load import Document, load_spec
from capgen.model.build import build_model
from capgen.model.regional import DeploymentModel
from capgen.pipeline.validate import validate_loaded
from capgen.validate import validate_document


@dataclass(frozen=True)
class Explained:
    """A spec whose values can be told. The model is there also when only a rule refuses the spec."""

    document: Document | None
    model: DeploymentModel | None
    diagnostics: tuple[Diagnostic, ...]


def explain(spec: Path) -> Explained:
    """Load a spec and lay its values over each other, whether or not it keeps the rules."""
    document, told = load_spec(spec)
    validated = validate_loaded(document, told)
    model = validated.model
    if model is None and document is not None and not has_errors([*told, *validate_document(document)]):
        model, _ = build_model(document)
    return Explained(document, model, validated.diagnostics)
