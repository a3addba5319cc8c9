"""The blueprints that there are: capgen's own, and those of a user's folder."""

from dataclasses import dataclass
from pathlib import Path

from capgen.diagnostics import Diagnostic, Severity, did_you_mean
from capgen.render.blueprint import PARTS, Blueprint
from capgen.render.read_blueprint import read_blueprint
from capgen.resources import blueprints_dir
from capgen.validate.words import shown


@dataclass(frozen=True, kw_only=True)
class Listed:
    """A blueprint by its folder: the blueprint, or None and what is wrong with it."""

    name: str
    folder: Path
    own: bool
    blueprint: Blueprint | None
    diagnostics: tuple[Diagnostic, ...]


def blueprints() -> tuple[Blueprint, ...]:
    """Return every blueprint that ships with capgen, by name. A broken one is a bug, and raises ValueError."""
    return tuple(_good(_listed(folder, own=True)) for folder in blueprint_folders(blueprints_dir()))


def blueprint_folders(folder: Path) -> list[Path]:
    """Return the folders of blueprints in `folder`, by name: those that have at least one of a blueprint's files.

    Raises OSError where `folder` cannot be read.
    """
    return sorted(child for child in folder.iterdir() if any((child / part).is_file() for part in PARTS))


def list_blueprints(folder: Path | None = None) -> tuple[list[Listed], list[Diagnostic]]:
    """Return capgen's blueprints and those in `folder`, by name, broken ones too; and what is to say of `folder`.

    A user's blueprint takes the place of capgen's own of the same name, with a warning: an upgrade of capgen that
    brings one does not change what a team's pipeline renders.
    """
    listed = {path.name: (path, True) for path in blueprint_folders(blueprints_dir())}
    theirs, diagnostics = _folders_of_a_user(folder)
    diagnostics += [_shadows(path) for path in theirs if path.name in listed]
    listed.update({path.name: (path, False) for path in theirs})
    return [_listed(path, own=own) for _, (path, own) in sorted(listed.items())], diagnostics


def find_blueprint(name: str, folder: Path | None = None) -> tuple[Blueprint | None, list[Diagnostic]]:
    """Return the blueprint called `name`, of `folder` before capgen's own, or None and what is wrong.

    Only this blueprint is read. `name` never becomes a path: it is looked up among the names that there are.
    """
    own = {path.name: path for path in blueprint_folders(blueprints_dir())}
    theirs, diagnostics = _folders_of_a_user(folder)
    found = {path.name: path for path in theirs}
    if diagnostics:
        return None, diagnostics
    if name in found:
        blueprint, told = read_blueprint(found[name])
        return blueprint, [*told, *([_shadows(found[name])] if name in own and blueprint else [])]
    if name in own:
        return _good(_listed(own[name], own=True)), []
    known = sorted({*own, *found})
    return None, [
        Diagnostic(
            rule="blueprint-known",
            message="there is no blueprint of this name",
            value=shown(name),
            allowed=", ".join(known),
            hint=did_you_mean(name, known),
        )
    ]


def _folders_of_a_user(folder: Path | None) -> tuple[list[Path], list[Diagnostic]]:
    if folder is None:
        return [], []
    try:
        found = blueprint_folders(folder)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return [], [Diagnostic(rule="blueprint-folder", message=f"cannot read the blueprints in {folder}: {reason}")]
    if found:
        return found, []
    one = any((folder / part).is_file() for part in PARTS)
    hint = (
        f"this is a blueprint itself: name the folder that it lies in, {folder.resolve().parent.name}/" if one else None
    )
    message = f"there is no blueprint in {folder}: each is a folder in it, with {', '.join(PARTS)}"
    return [], [Diagnostic(rule="blueprint-folder", message=message, hint=hint)]


def _listed(folder: Path, *, own: bool) -> Listed:
    blueprint, diagnostics = read_blueprint(folder, own=own)
    return Listed(name=folder.name, folder=folder, own=own, blueprint=blueprint, diagnostics=tuple(diagnostics))


def _good(listed: Listed) -> Blueprint:
    if listed.blueprint is None:
        raise ValueError(f"the blueprint in {listed.name} is broken: {listed.diagnostics}")
    return listed.blueprint


def _shadows(folder: Path) -> Diagnostic:
    return Diagnostic(
        rule="blueprint-shadows",
        severity=Severity.WARNING,
        message=f"{folder} is used, and not capgen's own blueprint of the same name",
        hint="rename the folder and its name to have both",
    )
