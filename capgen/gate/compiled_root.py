"""The compiled root that a plan was made from: where its resources are written, and what they are held to."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from capgen.assess.intent import Intent
from capgen.assess.root import read_root as read_compiled
from capgen.diagnostics import Diagnostic, Location, has_errors
from capgen.evaluate import JSON_FILE, Flattened

_SHOWN = 3
"""Addresses that a message names."""


@dataclass(frozen=True, kw_only=True)
class CompiledRoot:
    """A root that was read. `path` is as it was given."""

    path: Path
    flattened: Flattened
    intent: Intent


def read_root(path: Path, region: str | None, planned: Iterable[str]) -> tuple[CompiledRoot | None, list[Diagnostic]]:
    """Read a root, or the one of `region` in a deployment. `planned` are the addresses that the plan ends with."""
    root = path if _is_root(path) or region is None or not _is_root(path / region) else path / region
    if not _is_root(root):
        return None, [_refusal(path, f"{path} is not the root that the plan was made from: it has no {JSON_FILE} file")]
    read = read_compiled(root, root)
    diagnostics = list(read.diagnostics)
    if read.intent is None or has_errors(diagnostics):
        return None, diagnostics
    written = {origin.address for name, origin in read.flattened.origins.items()
               if not name.startswith(("provider.", "data."))}  # fmt: skip
    diagnostics += _mismatches(root, written, set(planned))
    return CompiledRoot(path=root, flattened=read.flattened, intent=read.intent), diagnostics


def _is_root(path: Path) -> bool:
    return path.is_dir() and any(path.glob(f"*{JSON_FILE}"))


def _mismatches(root: Path, written: set[str], planned: set[str]) -> Iterable[Diagnostic]:
    for missing, what in (
        (planned - written, "the plan has, and it has not"),
        (written - planned, "it has, and not the plan"),
    ):
        if missing:
            named = ", ".join(sorted(missing)[:_SHOWN])
            more = f" and {len(missing) - _SHOWN} more" if len(missing) > _SHOWN else ""
            yield _refusal(root, f"the plan was not made from {root}: {what}: {named}{more}")


def _refusal(root: Path, message: str) -> Diagnostic:
    return Diagnostic(rule="review-tree", message=message, location=Location(str(root), 1, 1),
                      hint="name the root in which terraform plan ran, as it was then")  # fmt: skip
