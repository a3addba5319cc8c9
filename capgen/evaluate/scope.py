"""One module call, or the root itself: what its names mean, each worked out once, when it is asked for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from capgen.diagnostics import Severity
from capgen.evaluate.instances import Instance, expand
from capgen.evaluate.language import EvaluationError, Namespace, Unknown, Value, evaluate_template
from capgen.evaluate.language.functions import as_set
from capgen.evaluate.tree import Directory, Place, Tree

Bindings = Mapping[str, Value]


@dataclass
class Scope:
    """The names of one module call. `arguments` are the caller's, unevaluated, and are evaluated in `parent`."""

    tree: Tree
    directory: Directory
    path: tuple[str, ...] = ()
    parent: "Scope | None" = None
    arguments: Mapping[str, Any] = field(default_factory=dict)
    _values: dict[tuple[str, ...], Value] = field(default_factory=dict)
    _instances: dict[tuple[str, ...], tuple[Instance, ...]] = field(default_factory=dict)
    _pending: set[tuple[str, ...]] = field(default_factory=set)
    _children: "dict[str, Scope | None]" = field(default_factory=dict)

    def children(self) -> "list[Scope]":
        """Return the scopes of the modules that this one calls."""
        calls = (self._child(name) for name in sorted(self.directory.blocks.get("module", {})))
        return [child for child in calls if child is not None]

    def instances(self, kind: str, type: str, label: str) -> tuple[Instance, ...]:
        """Return the instances of a resource or data source, with their names in the flattened root."""
        key = (kind, type, label)
        if key not in self._instances:
            body = self.directory.blocks[kind][type][label]
            place = self.directory.place(*key)
            name = "__".join((*self.path, label))
            try:
                repeated = {meta: self._guarded((*key, meta), partial(self.value, body[meta], {}, place))
                            for meta in ("for_each", "count") if meta in body}  # fmt: skip
                self._instances[key] = expand(name, repeated)
            except EvaluationError as error:
                self._undecided(f"the instances of {type}.{label} are not known: {error}", None, place)
                self._instances[key] = (Instance(name=name),)
        return self._instances[key]

    def value(self, raw: Any, bindings: Bindings, place: Place) -> Value:
        """Evaluate a value of Terraform JSON in this scope. `bindings` are `each` and `count`."""
        if isinstance(raw, str):
            return self._text(raw, bindings, place)
        if isinstance(raw, list):
            return [self.value(item, bindings, place) for item in raw]
        if isinstance(raw, dict):
            members = raw.items()
            return {str(self._text(key, bindings, place)): self.value(item, bindings, place) for key, item in members}
        assert raw is None or isinstance(raw, bool | int | float)
        return raw

    def _text(self, raw: str, bindings: Bindings, place: Place) -> Value:
        if "{" not in raw:
            return raw
        try:
            value = evaluate_template(raw, lambda name: self._resolve(name, bindings))
        except EvaluationError as error:
            self._undecided(f"an expression is not evaluated: {error}", raw, place)
            return Unknown(raw.removeprefix("${").removesuffix("}").replace('"', "'"))
        return Unknown(raw[2:-1]) if isinstance(value, Namespace) else value

    def _undecided(self, message: str, raw: str | None, place: Place) -> None:
        hint = "checks that need its value stay undecided"
        self.tree.refuse("scan-expression", message, place, value=raw, hint=hint, severity=Severity.WARNING)

    def _resolve(self, name: str, bindings: Bindings) -> Value:
        lookups: dict[str, Callable[[str], Value]] = {
            "var": self.variable,
            "local": self._local,
            "module": self._module,
            "data": lambda of: Namespace(lambda label: self._block("data", of, label)),
            "ephemeral": lambda of: Unknown(f"ephemeral.{of}"),
        }
        if name in bindings:
            return bindings[name]
        if name in ("each", "count", "self", "path", "terraform"):
            return Unknown(name)
        return Namespace(lookups.get(name) or (lambda label: self._block("resource", name, label)))

    def variable(self, name: str) -> Value:
        """Return the value of an input: the caller's argument, its default, or unknown."""
        return self._guarded(("variable", name), lambda: self._variable(name))

    def _variable(self, name: str) -> Value:
        declared = self.directory.blocks.get("variable", {}).get(name)
        if declared is None:
            raise EvaluationError(f"there is no variable {name}")
        value: Value = None
        if self.parent is not None and name in self.arguments:
            place = self.parent.directory.place("module", self.path[-1], name)
            value = self.parent.value(self.arguments[name], {}, place)
        if value is None and "default" in declared:
            value = declared["default"]
        elif value is None and name not in self.arguments:
            return Unknown(f"var.{name}")
        is_set = str(declared.get("type", "")).removeprefix("${").startswith("set(")
        return as_set(value) if is_set and isinstance(value, list) else value

    def _local(self, name: str) -> Value:
        local = self.directory.blocks.get("locals", {})
        if name not in local:
            raise EvaluationError(f"there is no local value {name}")
        place = self.directory.place("locals", name)
        return self._guarded(("locals", name), lambda: self.value(local[name], {}, place))

    def _module(self, name: str) -> Value:
        child = self._child(name)
        return Unknown(f"module.{name}") if child is None else Namespace(child.output)

    def output(self, name: str) -> Value:
        """Return the value of an output, as the caller sees it."""
        declared = self.directory.blocks.get("output", {}).get(name)
        if declared is None:
            raise EvaluationError(f"module {'.'.join(self.path)} has no output {name}")
        place = self.directory.place("output", name)
        return self._guarded(("output", name), lambda: self.value(declared.get("value"), {}, place))

    def _block(self, kind: str, type: str, label: str) -> Value:
        if label not in self.directory.blocks.get(kind, {}).get(type, {}):
            raise EvaluationError(f"there is no {kind} {type}.{label}")
        prefix = "data." if kind == "data" else ""
        found = [(one.key, Unknown(f"{prefix}{type}.{one.name}")) for one in self.instances(kind, type, label)]
        if len(found) == 1 and found[0][0] is None:
            return found[0][1]
        if any(isinstance(key, str) for key, _ in found):
            return {str(key): reference for key, reference in found}
        return [reference for _, reference in found]

    def _child(self, name: str) -> "Scope | None":
        if name not in self._children:
            self._children[name] = self._call(name)
        return self._children[name]

    def _call(self, name: str) -> "Scope | None":
        body = self.directory.blocks.get("module", {}).get(name)
        if body is None:
            raise EvaluationError(f"there is no module {name}")
        place = self.directory.place("module", name)
        if "count" in body or "for_each" in body:
            self.tree.refuse("scan-module-repeat", f"module {name} has count or for_each, which is not scanned", place)
            return None
        directory = self.tree.called(self.directory, name, body.get("source"))
        if directory is None:
            return None
        if len(self.path) > 8:  # noqa: PLR2004  # deeper than any tree: a module that calls itself
            self.tree.refuse("scan-module-cycle", f"module {name} calls itself", place)
            return None
        return Scope(self.tree, directory, (*self.path, name), self, body)

    def _guarded(self, key: tuple[str, ...], compute: Callable[[], Value]) -> Value:
        if key not in self._values:
            if key in self._pending:
                raise EvaluationError(f"{'.'.join(key)} refers to itself")
            self._pending.add(key)
            try:
                self._values[key] = compute()
            finally:
                self._pending.discard(key)
        return self._values[key]
