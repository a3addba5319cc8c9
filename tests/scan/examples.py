"""The examples of the policies, compiled."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from capgen.pipeline import compile_spec
from capgen.scan.policies.example import Edit
from tests.output.example import tree


def write_example(spec: str, edits: tuple[Edit, ...], folder: Path) -> Path:
    """Write what a spec compiles to, with edits made, and return the region's root, of several the first one's."""
    for name, content in _edited(_compiled(json.dumps(yaml.safe_load(spec))), edits):
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return min(file.parent for file in folder.glob("*/main.tf.json"))


@cache
def _compiled(spec: str) -> Mapping[str, bytes]:
    """Compile each spec once, whatever its comments."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "spec.yaml"
        file.write_text(spec, encoding="utf-8")
        compiled = compile_spec(file, Path(folder) / "out")
        assert compiled.directory is not None, compiled.diagnostics
        return tree(compiled.directory)


def _edited(files: Mapping[str, bytes], edits: tuple[Edit, ...]) -> Iterator[tuple[str, bytes]]:
    documents = {edit.file: json.loads(files[edit.file]) for edit in edits}
    for edit in edits:
        _make(edit, documents[edit.file])
    for name, content in files.items():
        yield name, json.dumps(documents[name], indent=2).encode() if name in documents else content


def _make(edit: Edit, document: Any) -> None:
    *parents, last = (int(part) if part.isdecimal() else part for part in edit.at.split("/"))
    node = document
    for key in parents:
        node = node[key]
    if edit.text is not None:
        if edit.text not in node[last]:
            raise KeyError(f"{edit.text} does not stand at {edit.at} of {edit.file}")
        node[last] = node[last].replace(edit.text, edit.by)
    elif edit.value is None:
        del node[last]
    else:
        node[last] = edit.value
