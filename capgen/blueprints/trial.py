"""Test a blueprint: what its files say, what its template uses, and what becomes of each of its examples."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from capgen.blueprints.expected import check_expected
from capgen.blueprints.outcome import Outcome, Trial
from capgen.blueprints.specimen import Specimen, judged, specimen
from capgen.diagnostics import Diagnostic, Location, has_errors
from capgen.load import Document, load_file
from capgen.pipeline import Progress
from capgen.render import Blueprint, read_blueprint
from capgen.render.blueprint import PARAMETERS, PARTS
from capgen.render.catalogue import blueprint_folders
from capgen.render.render import template_of

if TYPE_CHECKING:  # checkov is behind it
    from capgen.assess import Terms


@dataclass(frozen=True, kw_only=True)
class Trials:
    """Every blueprint that was tested, and what kept others from it."""

    trials: tuple[Trial, ...]
    diagnostics: tuple[Diagnostic, ...]

    @property
    def ok(self) -> bool:
        """Whether there was something to test, and all of it is good."""
        return bool(self.trials) and not has_errors(self.diagnostics) and all(trial.ok for trial in self.trials)


def try_blueprints(
    folder: Path, terms: "Terms", *, update: bool = False, progress: Progress = lambda _: None
) -> Trials:
    """Test the blueprint in `folder`, or every one in it. `update` writes their expected specs first.

    Each example is compiled in a temporary folder and judged on `terms`. Raises OSError when the disk fails.
    """
    try:
        one = any((folder / part).is_file() for part in PARTS)
        folders = [folder] if one else blueprint_folders(folder)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        folders, told = [], f"cannot read {folder}: {reason}"
    else:
        told = f"there is no blueprint in {folder}: one has {', '.join(PARTS)}"
    if not folders:
        return Trials(trials=(), diagnostics=(Diagnostic(rule="blueprint-folder", message=told),))
    return Trials(
        trials=tuple(try_blueprint(each, terms, update=update, progress=progress) for each in folders), diagnostics=()
    )


def try_blueprint(folder: Path, terms: "Terms", *, update: bool = False, progress: Progress = lambda _: None) -> Trial:
    """Test one blueprint."""
    name = folder.resolve().name
    progress(name)
    blueprint, diagnostics = read_blueprint(folder)
    outcomes = [Outcome(name="its files are right", diagnostics=tuple(diagnostics))]
    if blueprint is None:
        return Trial(name=name, folder=folder, outcomes=tuple(outcomes))
    compiled, refused = template_of(blueprint)
    outcomes.append(Outcome(name="its template is right", diagnostics=refused))
    if compiled is None:
        return Trial(name=name, folder=folder, outcomes=tuple(outcomes))
    outcomes.append(Outcome(name="every parameter is used", diagnostics=tuple(_unused(blueprint, compiled.used))))
    outcomes.append(Outcome(name="it has examples", diagnostics=tuple(_without_examples(blueprint))))
    if not outcomes[-1].ok:
        return Trial(name=name, folder=folder, outcomes=tuple(outcomes))
    specimens = [specimen(blueprint, path) for path in blueprint.examples]
    for number, each in enumerate(specimens):
        progress(f"{name}: {each.label}")
        outcomes += judged(blueprint, each, terms, alone=number == 0)
    outcomes += _expected(blueprint, specimens, update=update)
    documents = {file: document for each in specimens for file, document in each.documents.items()}
    return Trial(name=name, folder=folder, outcomes=tuple(outcomes), documents=tuple(documents.values()))


def _unused(blueprint: Blueprint, used: frozenset[str]) -> Iterator[Diagnostic]:
    document, _ = load_file(blueprint.folder / PARAMETERS)
    for name in blueprint.parameters.keys() - blueprint.secrets - used:
        yield Diagnostic(
            rule="blueprint-parameter-unused",
            message=f"the template does not use {name}",
            location=_key(document, name),
            path=f"properties.{name}",
            hint="remove it: people would fill it in for nothing",
        )


def _key(document: Document | None, name: str) -> Location | None:
    return document.key_at(("properties", name)) if document is not None else None


def _without_examples(blueprint: Blueprint) -> Iterator[Diagnostic]:
    labels = [path.stem for path in blueprint.examples]
    if not labels:
        hint = "write example.yaml: a map of parameters that renders as it is"
        yield Diagnostic(rule="blueprint-example", message=f"{blueprint.folder} has no example", hint=hint)
    inside = blueprint.folder.resolve()
    for path in (*blueprint.examples, blueprint.folder / "expected"):
        if not path.resolve().is_relative_to(inside):
            message, hint = f"{path} leads out of the blueprint's folder", "copy it into the folder"
            yield Diagnostic(rule="blueprint-file", message=message, hint=hint)
    for path in blueprint.examples:
        if labels.count(path.stem) > 1 and path != blueprint.example:
            message = f"{path} is called as {blueprint.example.name} is"
            yield Diagnostic(rule="blueprint-example", message=message, hint="give it a name of its own")


def _expected(blueprint: Blueprint, specimens: Sequence[Specimen], *, update: bool) -> list[Outcome]:
    texts = {each.path.stem: each.text for each in specimens}
    found = check_expected(blueprint.folder / "expected", texts, update=update)
    return [Outcome(name="its examples render as expected", diagnostics=tuple(found))] if found is not None else []
