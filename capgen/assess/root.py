"""Read one compiled root: its blocks with their values worked out, and what it is held to."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from capgen.assess.intent import POLICY_FILE, Intent, read_intent
from capgen.diagnostics import Diagnostic, Location
from capgen.evaluate import Flattened, Tree, flatten


@dataclass(frozen=True, kw_only=True)
class Root:
    """A root that was read. `intent` is None where it cannot be read; the diagnostics then say why."""

    intent: Intent | None
    tree: Tree
    flattened: Flattened
    diagnostics: tuple[Diagnostic, ...]


def nowhere(_spec_path: str) -> Location | None:
    """Find no place: there is no spec."""
    return None


def read_root(
    root: Path, base: Path, locate: Callable[[str], Location | None] = nowhere, spec: Any = None
) -> Root:  # fmt: skip
    """Read a root and the modules it calls, all of which lie in the folder above it. File names are relative to `base`.

    `locate` finds the place of a spec path. `spec` is what the root's policy.json should say, where it is known.
    """
    shown = Path(os.path.relpath(root / POLICY_FILE, base)).as_posix()
    intent, diagnostics = read_intent(root, shown, locate, spec)
    tree = Tree(base=base, boundary=root.resolve().parent)
    flattened = flatten(tree.directory(root), tree)
    return Root(intent=intent, tree=tree, flattened=flattened, diagnostics=(*diagnostics, *tree.diagnostics))
