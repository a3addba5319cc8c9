"""Which line of a template, and which parameter, made what stands in a rendered spec."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from capgen.diagnostics import Location
from capgen.load.limits import MAX_BYTES
from capgen.render.blueprint import Blueprint
from capgen.render.compiled_template import compile_marked
from capgen.render.environment import located_pieces, noting_uses
from capgen.render.render import template_of
from capgen.render.traced import Use, traced

_MOST = 4
"""Times the size of a spec that it may have with its line marks."""


@dataclass(frozen=True)
class Written:
    """A parameter that the template wrote: the line of the spec, and the columns from `start` to before `stop`."""

    line: int
    start: int
    stop: int
    use: Use


@dataclass(frozen=True)
class Trace:
    """Where parameters landed, and for each line of the spec the line of the template that began it, from 1."""

    written: tuple[Written, ...] = ()
    lines: Mapping[int, int] = field(default_factory=dict)

    def use_at(self, place: Location) -> Use | None:
        """Return the parameter that supplied what stands at a place of the spec, or the first one of its line."""
        here = [each for each in self.written if each.line == place.line]
        stop = place.column + max(place.length, 1)
        within = [each for each in here if each.start < stop and place.column < each.stop]
        return next((each.use for each in (*within, *here)), None)


def trace(blueprint: Blueprint, values: Mapping[str, Any]) -> Trace:
    """Render once more and note what lands where. Empty where the template cannot be compiled.

    Parameters that a template puts together (`A ~ B`) or only chooses by are not noted.
    """
    compiled, _ = template_of(blueprint)
    if compiled is None:
        return Trace()
    known = traced({name: value for name, value in values.items() if name not in blueprint.secrets})
    found: list[Written] = []
    lines: dict[int, int] = {}
    line, column = 2, 1  # the editor's line stands before the template
    with noting_uses() as uses:
        for piece, source in located_pieces(compile_marked(compiled.source), known, _MOST * MAX_BYTES, compiled.rounds):
            found += [Written(line, column, column + len(piece), use) for use in uses]
            uses.clear()
            lines.setdefault(line, source)
            breaks = piece.count("\n")
            lines.update({line + number: source + number for number in range(1, breaks)})
            if breaks and not piece.endswith("\n"):
                lines[line + breaks] = source + breaks
            line += breaks
            column = len(piece) - piece.rfind("\n") if breaks else column + len(piece)
    return Trace(tuple(found), lines)
