"""Compile, then stages 8 to 12 on what was written."""

from collections.abc import Iterable
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from capgen.diagnostics import Diagnostic, in_reading_order
from capgen.pipeline.compile import compile_validated
from capgen.pipeline.locators import locators
from capgen.pipeline.results import Built, Compiled, Progress, Validated
from capgen.pipeline.validate import validate

if TYPE_CHECKING:  # checkov is behind it
    from capgen.assess import Terms


def build(spec: Path, out: Path, terms: "Terms", progress: Progress = lambda _: None) -> Built:
    """Compile a spec, then judge what was written. checkov is imported while Node.js runs the CDK."""
    from capgen.assess import Assessment, assess_tree
    from capgen.scan import warm_up

    progress("validate")
    validated = validate(spec)
    nothing = Assessment(terms=terms)
    if validated.model is None:
        return Built(Compiled(validated, None, validated.diagnostics), nothing)
    warming = Thread(target=warm_up, name="checkov-import")
    warming.start()
    try:
        compiled = compile_validated(validated, out, progress)
    finally:
        warming.join()
    if compiled.directory is None:
        return Built(compiled, nothing)
    progress("scan")
    return Built(compiled, assess_tree(compiled.directory, terms=terms, locators=locators(validated.model)))


def not_built(terms: "Terms", diagnostics: Iterable[Diagnostic]) -> Built:
    """Return what is known where the terms themselves were refused: nothing was compiled or judged."""
    from capgen.assess import Assessment

    told = tuple(in_reading_order(diagnostics))
    return Built(Compiled(Validated(None, None, told), None, told), Assessment(terms=terms))
