"""The compiled root that a plan was made from: where its resources are written, and what they are held to."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from capgen.assess import POLICY_FILE
from capgen.assess.intent import Intent, read_intent
from capgen.diagnostics import Diagnostic, Location, has_errors
from capgen.evaluate import JSON_FILE, Flattened, Tree, flatten

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
    folder = root.resolve()
    intent, diagnostics = read_intent(root, POLICY_FILE, lambda _: None)
    tree = Tree(base=root, boundary=folder.parent)
    flattened = flatten(tree.directory(root), tree)
    diagnostics += tree.diagnostics
    if intent is None or has_errors(diagnostics):
        return None, diagnostics
    written = {origin.address for name, origin in flattened.origins.items()
               if not name.startswith(("provider.", "data."))}  # fmt: skip
    diagnostics += _mismatches(root, written, set(planned))
    return CompiledRoot(path=root, flattened=flattened, intent=intent), diagnostics


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
