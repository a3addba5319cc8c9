"""What `capgen pipeline` needs to know of the specs."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from capgen import pipeline
from capgen.cli.fleet_options import specs_of
from capgen.diagnostics import Diagnostic
from capgen.load import Document

if TYPE_CHECKING:
    from capgen.ci import Root


@dataclass(frozen=True)
class Fleet:
    """The regions of all specs. `password` says that a spec takes its database password from a variable."""

    roots: "tuple[Root, ...]"
    password: bool
    diagnostics: tuple[Diagnostic, ...]
    documents: tuple[Document | None, ...]


def read_fleet(specs: Sequence[str], out: Path, environment_name: str) -> Fleet:
    """Read the specs and the manifests of their output. With an error among the diagnostics, nothing can be written.

    Raises BadParameter where there is no spec at all.
    """
    from capgen.ci import find_roots
    from capgen.fleet.survey import survey

    surveyed = survey(specs_of(specs).files)
    if not surveyed.members:
        raise typer.BadParameter(f"there is no deployment spec in {', '.join(specs)}", param_hint="SPEC")
    validated = [pipeline.validate_loaded(member.document, member.told) for member in surveyed.members]
    models = [each.model for each in validated if each.model is not None]
    roots, problems = find_roots(models, out.as_posix(), environment_name)
    password = any(region.values.database.password.source == "variable" for each in models for region in each.regions)
    errors = [diagnostic for each in validated if each.model is None for diagnostic in each.diagnostics]
    return Fleet(
        tuple(roots), password, (*surveyed.diagnostics, *errors, *problems), tuple(each.document for each in validated)
    )
