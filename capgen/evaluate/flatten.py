"""Flatten a region: one root without modules, its values worked out, and where each of its blocks comes from.

checkov judges neither a value that came through a module's argument nor a reference across modules; in the flattened
root there are none.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from capgen.evaluate.instances import Instance
from capgen.evaluate.language import Unknown, Value, to_document
from capgen.evaluate.scope import Bindings, Scope
from capgen.evaluate.tree import Directory, Place, Tree

#: Arguments of Terraform itself. They say when and how, not what exists.
_META = frozenset({"//", "count", "for_each", "depends_on", "provider", "dynamic"})
_LIFECYCLE = frozenset({"create_before_destroy", "ignore_changes", "prevent_destroy"})


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a flattened block comes from; `attributes` says where each of its arguments is written."""

    address: str
    place: Place
    attributes: Mapping[str, Place]


@dataclass(frozen=True, kw_only=True)
class Flattened:
    """A root without modules. The keys of `origins` are `aws_lb.load_balancer__this`, `data.aws_vpc.network__this`."""

    resources: Mapping[tuple[str, str], Mapping[str, Any]]
    data: Mapping[tuple[str, str], Mapping[str, Any]]
    providers: tuple[tuple[str, Mapping[str, Any]], ...]
    origins: Mapping[str, Origin]


@dataclass
class _Flattening:
    blocks: dict[str, dict[tuple[str, str], Mapping[str, Any]]] = field(
        default_factory=lambda: {"resource": {}, "data": {}}
    )
    origins: dict[str, Origin] = field(default_factory=dict)


def flatten(root: Directory, tree: Tree) -> Flattened:
    """Flatten a root and everything it calls. What cannot be read is added to the tree's diagnostics."""
    scope, result = Scope(tree, root), _Flattening()
    _add(scope, result)
    providers = tuple(_providers(scope, result))
    return Flattened(resources=result.blocks["resource"], data=result.blocks["data"], providers=providers,
                     origins=result.origins)  # fmt: skip


def _add(scope: Scope, result: _Flattening) -> None:
    module = "".join(f"module.{name}." for name in scope.path)
    for kind, prefix in (("resource", ""), ("data", "data.")):
        for type, labels in sorted(scope.directory.blocks.get(kind, {}).items()):
            for label, body in sorted(labels.items()):
                for instance in scope.instances(kind, type, label):
                    name = f"{prefix}{type}.{instance.name}"
                    if name in result.origins:
                        raise ValueError(f"two blocks would both be called {name} in the flattened root")
                    result.blocks[kind][type, instance.name] = _body(scope, (kind, type, label), body, instance)
                    result.origins[name] = _origin(
                        scope.directory, (kind, type, label), f"{module}{prefix}{type}.{label}{instance.suffix}", body
                    )
    for child in scope.children():
        _add(child, result)


def _origin(directory: Directory, key: tuple[str, ...], address: str, body: Mapping[str, Any]) -> Origin:
    return Origin(address=address, place=directory.place(*key),
                  attributes={name: directory.place(*key, name) for name in body})  # fmt: skip


def _body(scope: Scope, key: tuple[str, ...], body: Mapping[str, Any], instance: Instance) -> Mapping[str, Any]:
    flat: dict[str, Any] = {}
    for name, raw in sorted(body.items()):
        if name in _META:
            continue
        if name == "lifecycle":
            rules = {rule: value for block in _as_list(raw) for rule, value in block.items()}
            flat[name] = {rule: rules[rule] for rule in sorted(rules) if rule in _LIFECYCLE}
            continue
        value = scope.value(raw, instance.bindings, scope.directory.place(*key, name))
        if value is not None:
            flat[name] = to_document(value)
    for name, block in _dynamic(
        scope, body.get("dynamic", {}), instance.bindings, scope.directory.place(*key, "dynamic")
    ):
        flat[name] = [*_as_list(flat.get(name, [])), block]
    return flat


def _as_list(value: Any) -> list[Any]:
    """Return nested blocks as a list: Terraform JSON may write a single one as an object."""
    return value if isinstance(value, list) else [value]


def _dynamic(scope: Scope, dynamic: Any, bindings: Bindings, place: Place) -> Iterator[tuple[str, Any]]:
    """Expand `dynamic` blocks; one whose `for_each` is unknown stands for itself once."""
    labelled = ((name, definitions) for part in _as_list(dynamic) for name, definitions in sorted(part.items()))
    for name, definitions in labelled:
        for definition in _as_list(definitions):
            iterator = definition.get("iterator", name)
            for key, value in _items(scope.value(definition["for_each"], bindings, place), iterator):
                inner = {**bindings, iterator: {"key": key, "value": value}}
                for content in _as_list(definition["content"]):
                    yield name, to_document(scope.value(content, inner, place))


def _items(collection: Value, iterator: str) -> list[tuple[Value, Value]]:
    if isinstance(collection, list):
        return [(value, value) for value in collection]
    if isinstance(collection, dict):
        return [(key, collection[key]) for key in sorted(collection)]
    return [(Unknown(f"{iterator}.key"), Unknown(f"{iterator}.value"))]


def _providers(scope: Scope, result: _Flattening) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name, bodies in sorted(scope.directory.blocks.get("provider", {}).items()):
        for body in bodies if isinstance(bodies, list) else [bodies]:
            place = scope.directory.place("provider", name)
            alias = f"{name}.{body['alias']}" if "alias" in body else name
            result.origins[f"provider.{alias}"] = _origin(
                scope.directory, ("provider", name), f"provider.{alias}", body
            )
            flat = {key: to_document(scope.value(body[key], {}, place)) for key in sorted(body) if key != "//"}
            yield name, {key: value for key, value in flat.items() if value is not None}
