"""Say what is wrong with a rendered spec at the place that supplied it: a cell, a line of a file, or what is left."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Any

from capgen.diagnostics import Diagnostic
from capgen.render import Blueprint
from capgen.render.given import Given
from capgen.render.traced import Use
from capgen.render.written_lines import trace


def blamed(
    diagnostics: Iterable[Diagnostic],
    file: str,
    blueprint: Blueprint,
    given: Mapping[str, Given],
    values: Mapping[str, Any],
    otherwise: Callable[[Diagnostic, int | None], Diagnostic],
) -> list[Diagnostic]:
    """Return diagnostics about the spec `file` as diagnostics about what it was rendered from.

    `given` are the parameters by name, as they were given, `values` all of them. `otherwise` says where something is
    that no parameter supplied; it is told the line of the template that wrote it.
    """
    found = list(diagnostics)
    if not any(each.location is not None and each.location.file == file for each in found):
        return found
    traced = trace(blueprint, values)
    told = []
    for each in found:
        if each.location is None or each.location.file != file:
            told.append(each)
            continue
        use = traced.use_at(each.location)
        line = traced.lines.get(each.location.line)
        told.append(otherwise(each, line) if use is None else _at(each, use, given.get(use.name)))
    return told


def _at(diagnostic: Diagnostic, use: Use, given: Given | None) -> Diagnostic:
    if given is not None and given.location is not None:
        return replace(diagnostic, location=given.place(use.item))
    source = f"--set {use.name}" if given is not None else f"the default of {use.name}"
    return replace(diagnostic, location=None, message=f"{diagnostic.message} ({source})")
