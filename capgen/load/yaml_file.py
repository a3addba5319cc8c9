"""Read YAML safely: the 1.2 core schema, no duplicate keys, bounded size, depth and aliases."""

from pathlib import Path
from typing import Any

import yaml

from capgen.diagnostics import Diagnostic, Location
from capgen.load.core_schema import CoreSchemaLoader
from capgen.load.document import Document, Place
from capgen.load.limits import MAX_BYTES, MAX_DEPTH, MAX_DIGITS, MAX_NODES
from capgen.load.path import SpecPath, dotted


def load_file(path: Path, shown_as: str | None = None) -> tuple[Document | None, list[Diagnostic]]:
    """Load a file. `shown_as` is the name that messages use. Returns no document when it cannot be read at all."""
    name = shown_as or str(path)
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return None, [Diagnostic(rule="load-readable", message=f"cannot read {name}: {reason}")]
    if len(raw) > MAX_BYTES:
        return None, [_too_large(name, f"it has {len(raw)} bytes", f"at most {MAX_BYTES} bytes")]
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        place = Location(name, line, 1)
        return None, [Diagnostic(rule="load-utf8", message="the file is not UTF-8 text", location=place)]
    return load_text(text, name)


def load_text(text: str, name: str) -> tuple[Document | None, list[Diagnostic]]:
    """Load YAML text; `name` stands for the file in messages."""
    reader = _Reader(name)
    try:
        _bound_depth(text)
        root = CoreSchemaLoader(text).get_single_node()
        if root is None:
            return None, [Diagnostic(rule="load-empty", message="the file is empty", location=Location(name, 1, 1))]
        data = reader.read(root, ())
    except yaml.YAMLError as error:
        return None, [_syntax_error(error, name)]
    except _TooLargeError as error:
        return None, [_too_large(name, *error.args)]
    return Document(name, text, data, reader.places), reader.diagnostics


class _TooLargeError(Exception):
    """The document exceeds a limit: what it has, and what is allowed."""


def _bound_depth(text: str) -> None:
    """Refuse deep nesting before nodes are composed: libyaml composes by recursion in C, which ends in a crash."""
    depth = 0
    for event in yaml.parse(text, Loader=CoreSchemaLoader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _TooLargeError("it is nested too deeply", f"at most {MAX_DEPTH} levels")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


class _Reader:
    """Turns YAML nodes into plain data and notes every place on the way."""

    def __init__(self, name: str) -> None:
        self.places: dict[SpecPath, Place] = {}
        self.diagnostics: list[Diagnostic] = []
        self._name = name
        self._nodes = 0

    def read(self, node: Any, path: SpecPath, key: Location | None = None) -> Any:
        self._nodes += 1
        if self._nodes > MAX_NODES:
            raise _TooLargeError("its aliases expand to too many values", f"at most {MAX_NODES} values")
        if len(path) > MAX_DEPTH:  # by way of aliases
            raise _TooLargeError("its aliases nest too deeply", f"at most {MAX_DEPTH} levels")
        place = self._location(node)
        self.places[path] = Place(key or place, place)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.read(item, (*path, index)) for index, item in enumerate(node.value)]
        return self._scalar(node, path)

    def _mapping(self, node: Any, path: SpecPath) -> dict[str, Any]:
        data: dict[str, Any] = {}
        for key_node, value_node in node.value:
            place = self._location(key_node)
            if not isinstance(key_node, yaml.ScalarNode):
                self._refuse("load-plain-keys", "a key must be plain text", place, path)
                continue
            key = str(key_node.value)
            if key in data:
                first = self.places[(*path, key)].key
                message = f'the key "{key}" stands here twice: first in line {first.line}'
                self._refuse("load-duplicate-key", message, place, (*path, key), "remove one of them")
                continue
            data[key] = self.read(value_node, (*path, key), place)
        return data

    def _scalar(self, node: Any, path: SpecPath) -> Any:
        kind, text = node.tag.removeprefix("tag:yaml.org,2002:"), node.value
        if kind == "str":
            return text
        if kind == "null":
            return None
        if kind == "bool":
            return text.lower() == "true"
        if kind in ("int", "float") and len(text) > MAX_DIGITS:
            message = f"a number of {len(text)} characters is none that a spec has"
            self._refuse("load-number", message, self._location(node), path, "write it in quotes if it is text")
            return None
        if kind == "int":
            return int(text, 0) if text.lstrip("+-")[:2] in ("0x", "0o") else int(text)
        if kind == "float":
            return float(text)
        self._refuse("load-plain-tags", f"the tag {node.tag} is not supported", self._location(node), path)
        return None

    def _location(self, node: Any) -> Location:
        start, end = node.start_mark, node.end_mark
        length = end.column - start.column if end.line == start.line else 1
        return Location(self._name, start.line + 1, start.column + 1, max(length, 1))

    def _refuse(self, rule: str, message: str, place: Location, path: SpecPath, hint: str | None = None) -> None:
        self.diagnostics.append(
            Diagnostic(rule=rule, message=message, location=place, path=dotted(path) or None, hint=hint)
        )


def _syntax_error(error: yaml.YAMLError, name: str) -> Diagnostic:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be parsed"
    context = getattr(error, "context", None)
    message = f"this is not YAML: {problem}" + (f" {context}" if context else "")
    place = Location(name, mark.line + 1, mark.column + 1) if mark else Location(name, 1, 1)
    return Diagnostic(rule="load-yaml-syntax", message=message, location=place)


def _too_large(name: str, found: str, allowed: str) -> Diagnostic:
    message = f"the file is too large for a spec: {found}"
    return Diagnostic(rule="load-limits", message=message, location=Location(name, 1, 1), allowed=allowed)
