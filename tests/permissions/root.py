"""Flattened roots: of a compiled tree, and of a few resources written in a test."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from capgen.evaluate import Flattened, Tree, flatten
from capgen.permissions import Holder, holders


def flattened_root(root: Path) -> Flattened:
    """Flatten a root on disk, of which everything has to be readable."""
    tree = Tree(base=root, boundary=root.parent)
    flattened = flatten(tree.directory(root), tree)
    assert not tree.diagnostics, tree.diagnostics
    return flattened


def holders_of(resources: Mapping[str, Any], data: Mapping[str, Any] | None = None) -> dict[str, Holder]:
    """Return the holders of a root with some resources, by type and label, by their addresses."""
    with TemporaryDirectory() as folder:
        root = Path(folder) / "root"
        root.mkdir()
        document = {"resource": resources} | ({"data": data} if data else {})
        (root / "main.tf.json").write_text(json.dumps(document), encoding="utf-8")
        return {holder.address: holder for holder in holders(flattened_root(root))}


def policy(*statements: Mapping[str, Any]) -> str:
    """Return the text of a policy."""
    return json.dumps({"Version": "2012-10-17", "Statement": list(statements)})


def allow(action: Any, resource: Any, **more: Any) -> dict[str, Any]:
    """Return a statement that allows."""
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def in_words(held: Iterable[Holder]) -> str:
    """Return holders as text for a person."""
    lines: list[str] = []
    for holder in held:
        lines += ["", f"{holder.address} ({holder.kind} {holder.name})".replace(" )", ")")]
        lines += [f"  boundary: {holder.boundary}"] if holder.boundary else []
        lines += [f"  trust: {statement.words}" for statement in holder.trust]
        lines += [f"  {statement.sid or '-'}: {statement.words}" for statement in holder.statements]
        lines += [f"  note: {sentence}" for sentence in holder.opaque]
    return "\n".join(lines[1:]) + "\n"
