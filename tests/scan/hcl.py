"""Write a tree of Terraform JSON as HCL, so that checkov's own parser and runner can judge the same thing."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from capgen.resources import schemas_dir

_EXTRACT = json.loads(max((schemas_dir() / "provider").glob("aws-*.json")).read_text(encoding="utf-8"))
_LABELS = {"resource": 2, "data": 2, "ephemeral": 2, "module": 1, "variable": 1, "output": 1, "provider": 1,
           "locals": 0, "terraform": 0}  # fmt: skip
_REFERENCES = {"depends_on", "ignore_changes"}


def write_hcl(tree: Path, target: Path) -> None:
    """Copy every directory of .tf.json files as .tf files."""
    for file in sorted(tree.rglob("*.tf.json")):
        copy = target / file.relative_to(tree).with_suffix("").with_suffix(".tf")
        copy.parent.mkdir(parents=True, exist_ok=True)
        document = json.loads(file.read_text(encoding="utf-8"))
        copy.write_text("\n".join(_document(document)) + "\n", encoding="utf-8")


def _document(document: Mapping[str, Any]) -> Iterator[str]:
    for type, content in sorted(document.items()):
        for labels, body in _labelled(content, _LABELS[type]):
            yield " ".join([type, *map(json.dumps, labels)]) + " {"
            yield from _body(body, _schema(type, labels), type)
            yield "}"


def _labelled(content: Any, depth: int) -> Iterator[tuple[tuple[str, ...], Any]]:
    if depth == 0:
        for body in content if isinstance(content, list) else [content]:
            yield (), body
        return
    for label, inner in sorted(content.items()):
        for labels, body in _labelled(inner, depth - 1):
            yield (label, *labels), body


def _schema(type: str, labels: tuple[str, ...]) -> Mapping[str, Any]:
    if type == "provider":
        return dict(_EXTRACT["provider_config"])
    if type in ("resource", "data"):
        return dict(_EXTRACT[type].get(labels[0], {}))
    nested = {
        "terraform": ("required_providers", "backend"),
        "variable": ("validation",),
        "output": ("precondition",),
    }
    return {"block_types": {name: {"block": {}} for name in nested.get(type, ())}}


def _body(body: Mapping[str, Any], schema: Mapping[str, Any], type: str) -> Iterator[str]:
    for name, value in sorted(body.items()):
        if value is None:
            continue
        if name == "dynamic":
            yield from _dynamic(value, schema, type)
        elif name == "lifecycle" or name in schema.get("block_types", {}):
            for block in value if isinstance(value, list) else [value]:
                yield (f'backend "{next(iter(block))}"' if name == "backend" else name) + " {"
                yield from _body({} if name == "backend" else block, _nested(name, schema), type)
                yield "}"
        elif name in _REFERENCES:
            yield f"{name} = [{', '.join(value)}]"
        elif type == "variable" and name == "type":
            yield f"type = {value.removeprefix('${').removesuffix('}')}"
        else:
            yield f"{name} = {_value(value)}"


def _nested(name: str, schema: Mapping[str, Any]) -> Mapping[str, Any]:
    if name == "lifecycle":
        return {"block_types": {"precondition": {"block": {}}, "postcondition": {"block": {}}}}
    return dict(schema["block_types"][name]["block"])


def _dynamic(dynamic: Mapping[str, Any], schema: Mapping[str, Any], type: str) -> Iterator[str]:
    for name, definitions in sorted(dynamic.items()):
        for definition in definitions if isinstance(definitions, list) else [definitions]:
            yield f'dynamic "{name}" {{'
            yield f"for_each = {_value(definition['for_each'])}"
            for content in (
                definition["content"] if isinstance(definition["content"], list) else [definition["content"]]
            ):
                yield "content {"
                yield from _body(content, _nested(name, schema), type)
                yield "}"
            yield "}"


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{json.dumps(key)} = {_value(item)}" for key, item in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_value, value)) + "]"
    if isinstance(value, str) and value.startswith("${") and value.count("{") == value.count("}") and _is_whole(value):
        return value[2:-1]
    return _quoted(value) if isinstance(value, str) else json.dumps(value)


def _is_whole(value: str) -> bool:
    depth = 0
    for position, character in enumerate(value):
        depth += {"{": 1, "}": -1}.get(character, 0)
        if depth == 0 and position > 1:
            return position == len(value) - 1
    return False


def _quoted(value: str) -> str:
    """Quote a template: JSON's escapes for the text, nothing for what stands in `${}`."""
    pieces, position = [], 0
    while position < len(value):
        if value.startswith("${", position) and not value.startswith("$${", position - 1):
            depth, end = 0, position + 1
            while depth or end == position + 1:
                depth += {"{": 1, "}": -1}.get(value[end], 0)
                end += 1
            pieces.append(value[position:end])
            position = end
        else:
            pieces.append(json.dumps(value[position], ensure_ascii=False)[1:-1])
            position += 1
    return '"' + "".join(pieces) + '"'
