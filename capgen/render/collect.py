"""From parameter files and `--set` options to the values of a blueprint: what the command line calls."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from capgen.diagnostics import Diagnostic, has_errors, in_reading_order
from capgen.load import Document
from capgen.render.blueprint import Blueprint
from capgen.render.given import Given, given_by_settings
from capgen.render.parameter_files import read_parameter_file
from capgen.render.parameters import resolve


@dataclass(frozen=True)
class Collected:
    """The values, None where there are errors, and the diagnostics in reading order.

    `documents` are the files by name; no secret is in their text, so that their lines can be shown under a message.
    `given` are the parameters as they were given, the last of each name.
    """

    values: Mapping[str, Any] | None
    diagnostics: tuple[Diagnostic, ...]
    documents: Mapping[str, Document]
    given: Mapping[str, Given] = field(default_factory=dict)


def collect_parameters(blueprint: Blueprint, files: Sequence[Path] = (), settings: Sequence[str] = ()) -> Collected:
    """Merge files and settings (`NAME=VALUE`): a later file goes before an earlier one, settings before every file.

    All problems of all files and settings are returned at once. Nothing here raises for what a user wrote.
    """
    given: list[Given] = []
    diagnostics: list[Diagnostic] = []
    documents: dict[str, Document] = {}
    for path in files:
        read = read_parameter_file(path, blueprint)
        given += read.given
        diagnostics += read.diagnostics
        if read.document is not None:
            documents[read.document.file] = read.document
    set_values, set_diagnostics = given_by_settings(settings)
    given += set_values
    values, found = resolve(blueprint, given)
    ordered = tuple(in_reading_order([*diagnostics, *set_diagnostics, *found]))
    return Collected(None if has_errors(ordered) else values, ordered, documents, {each.name: each for each in given})
