"""Stages 1 to 4: load, validate, model, rules."""

from collections.abc import Iterable
from pathlib import Path

from capgen.diagnostics import Diagnostic, has_errors, in_reading_order
from capgen.load import Document, load_spec, load_spec_text
from capgen.model.build import build_model
from capgen.pipeline.results import Validated
from capgen.rules.run import check_rules
from capgen.validate import validate_document


def validate(spec: Path) -> Validated:
    """Load a spec and find everything that is wrong with it, all at once. Starts neither the CDK nor checkov."""
    return validate_loaded(*load_spec(spec))


def validate_text(text: str, name: str) -> Validated:
    """Do the same for the text of a spec that is in no file yet; `name` stands for the file in messages."""
    return validate_loaded(*load_spec_text(text, name))


def validate_loaded(document: Document | None, told: Iterable[Diagnostic]) -> Validated:
    """Do the same for a spec that was loaded; `told` is what loading it had to say."""
    diagnostics = list(told)
    if document is None or has_errors(diagnostics):
        return Validated(document, None, tuple(in_reading_order(diagnostics)))
    diagnostics += validate_document(document)
    if has_errors(diagnostics):
        return Validated(document, None, tuple(in_reading_order(diagnostics)))
    model, missing = build_model(document)
    diagnostics += missing
    if model is not None:
        diagnostics += check_rules(model)
    found = tuple(in_reading_order(diagnostics))
    return Validated(document, None if has_errors(found) else model, found)
