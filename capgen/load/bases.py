"""Find and read the files that a spec starts from, each once, the lowest first."""

import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from capgen.diagnostics import Diagnostic, Location, has_errors
from capgen.load.base_names import circle, shown_name, unreadable, wrong_name
from capgen.load.document import Document
from capgen.load.limits import MAX_BASES, MAX_CHAIN, MAX_NODES
from capgen.load.path import SpecPath, dotted
from capgen.load.spec import EXTENDS
from capgen.load.yaml_file import load_file


def bases_of(spec: Document) -> tuple[tuple[Document, ...], dict[str, str], list[Diagnostic]]:
    """Return the bases of a spec and theirs, in the order in which they are laid, and what is wrong with them.

    Between the two: `aliases`, as a Document has them.

    A file comes after the bases that it names, and those in the order in which it names them. One that is reached twice
    is taken where it is met first. With an error among the diagnostics, some are missing.
    """
    reader = _Bases(values=len(spec.places))
    reader.collect(spec, (spec,))
    return tuple(reader.found), reader.aliases, reader.diagnostics


class _Bases:
    def __init__(self, values: int) -> None:
        self.found: list[Document] = []
        self.diagnostics: list[Diagnostic] = []
        self.aliases: dict[str, str] = {}
        self._met: dict[str, str] = {}
        self._values = values

    def collect(self, document: Document, chain: tuple[Document, ...]) -> None:
        """Read the bases of `document`, the last of `chain`: the spec, its base, that one's base, and so on."""
        files = [os.path.realpath(each.file) for each in chain]
        for name, path in self._names(document):
            place = document.value_at(path)
            file = Path(document.file).parent / name
            real = os.path.realpath(file)
            if real in files:
                names = [each.file for each in chain[files.index(real) :]]
                message = f"the bases extend one another in a circle: {circle(names, shown_name(file, real))}"
                self._refuse("cycle", message, place, path, hint="let one of them extend no other")
            elif real in self._met:
                shown = shown_name(file, real)
                if shown != self._met[real]:
                    self.aliases[shown] = self._met[real]
            elif len(chain) > MAX_CHAIN:
                allowed = f"at most {MAX_CHAIN} files in a row, each extending the next"
                self._refuse("limits", "the bases extend one another too deeply", place, path, allowed=allowed)
            elif len(self._met) >= MAX_BASES:
                if len(self._met) == MAX_BASES:
                    self._refuse("limits", "the spec has too many bases", place, path, allowed=f"at most {MAX_BASES}")
                self._met[real] = shown_name(file, real)
            else:
                self._met[real] = shown_name(file, real)
                base = self._read(file, real, place, path)
                if base is not None:
                    self.collect(base, (*chain, base))
                    self.found.append(base)

    def _names(self, document: Document) -> Iterator[tuple[str, SpecPath]]:
        """Yield each file that a document extends, with its path in the document."""
        said = document.data.get(EXTENDS, [])
        names = said if isinstance(said, list) else [said]
        seen: set[str] = set()
        for index, name in enumerate(names):
            path: SpecPath = (EXTENDS, index) if isinstance(said, list) else (EXTENDS,)
            wrong = wrong_name(name) or (f"{name} stands here twice" if name in seen else None)
            if wrong is None:
                seen.add(name)
                yield name, path
            else:
                allowed = "a YAML file, its path relative to the file that extends it; for example base.yaml"
                self._refuse("name", wrong, document.value_at(path), path, allowed=allowed)
        if said == [] and EXTENDS in document.data:
            self._refuse("name", "extends names no file", document.value_at((EXTENDS,)), (EXTENDS,),
                         hint="name a base, or remove the key")  # fmt: skip

    def _read(self, file: Path, real: str, place: Location, path: SpecPath) -> Document | None:
        shown = shown_name(file, real)
        wrong = unreadable(file, shown, real)
        if wrong is not None:
            message, hint = wrong
            self._refuse("readable", message, place, path, hint=hint)
            return None
        base, diagnostics = load_file(file, shown)
        if base is None and all(each.rule in ("load-readable", "load-empty") for each in diagnostics):
            diagnostics = [
                replace(each, message=f"{shown} is empty" if each.rule == "load-empty" else each.message,
                        location=place, path=dotted(path))
                for each in diagnostics
            ]  # fmt: skip
        self.diagnostics += diagnostics
        if base is None or has_errors(diagnostics):
            return None
        before, self._values = self._values, self._values + len(base.places)
        if self._values > MAX_NODES:
            if before <= MAX_NODES:  # told once
                self._refuse("limits", "the spec and its bases have too many values together", place, path,
                             allowed=f"at most {MAX_NODES} values")  # fmt: skip
            return None
        if not isinstance(base.data, dict):
            self._refuse("section", f"{shown} has no keys, so nothing can start from it", base.value_at(()), ())
            return None
        return base

    def _refuse(self, rule: str, message: str, place: Location, path: SpecPath, *, hint: str | None = None,
                allowed: str | None = None) -> None:  # fmt: skip
        self.diagnostics.append(
            Diagnostic(rule=f"extends-{rule}", message=message, location=place, path=dotted(path) or None, hint=hint,
                       allowed=allowed)
        )  # fmt: skip
