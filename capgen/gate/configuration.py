"""What stands behind the values of a plan: its configuration, and what the names in it mean."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from capgen.evaluate.language import EvaluationError, Namespace, Unknown, Value
from capgen.gate.expressions import evaluate
from capgen.gate.instance import Instance, Key, ModulePath
from capgen.gate.plan import Plan

Lookup = Callable[[Instance], Value]
"""Returns what an instance means where an expression names it."""

Expressions = Mapping[str, Any]
_Bindings = Mapping[str, Value]


@dataclass(frozen=True, kw_only=True)
class _Frame:
    """One instance of a module: its path, and Terraform's view of the module."""

    path: ModulePath
    module: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Configuration:
    """The configuration of a plan. `lookup` gives the meaning of resources and data sources."""

    plan: Plan
    lookup: Lookup

    def expressions(self, instance: Instance) -> Expressions | None:
        """Return the arguments of an instance's block as they are written; None where there is no such block."""
        block = self._block(instance)
        return None if block is None else block.get("expressions", {})

    def value(self, instance: Instance, expression: Any) -> Value:
        """Evaluate an argument of an instance's block. Raises EvaluationError where the plan does not say enough."""
        block = self._block(instance)
        assert block is not None
        frame = self._frame(instance.module)
        return self._evaluated(expression, frame, self._each(block, instance.key, frame))

    def root_value(self, expression: Any) -> Value:
        """Evaluate an expression of the root, such as a provider's region."""
        return self._evaluated(expression, self._frame(()), {})

    def root_variable(self, name: str) -> Value:
        """Return the value of an input of the root."""
        return self._variable(name, self._frame(()))

    def _block(self, instance: Instance) -> Mapping[str, Any] | None:
        try:
            resources = self._frame(instance.module).module.get("resources", [])
        except EvaluationError:
            return None
        return next((each for each in resources if (each["mode"], each["type"], each["name"]) == instance.block), None)

    def _frame(self, path: ModulePath) -> _Frame:
        module = self.plan.configuration.get("root_module", {})
        for call, _ in path:
            module = module.get("module_calls", {}).get(call, {}).get("module")
            if module is None:
                raise EvaluationError(f"the configuration has no module {call}")
        return _Frame(path=path, module=module)

    def _each(self, block: Mapping[str, Any], key: Key, frame: _Frame) -> _Bindings:
        """Return what `each` and `count` mean in an instance."""
        if key is None:
            return {}
        if isinstance(key, int):
            return {"count": {"index": key}}
        bindings: dict[str, Value] = {"key": key}
        try:
            collection = self._evaluated(block.get("for_each_expression", {}), frame, {})
        except EvaluationError:
            return {"each": bindings}
        if isinstance(collection, list):
            bindings["value"] = key
        elif isinstance(collection, dict) and key in collection:
            bindings["value"] = collection[key]
        return {"each": bindings}

    def _evaluated(self, expression: Any, frame: _Frame, bindings: _Bindings) -> Value:
        return evaluate(expression, lambda name: self._resolve(name, frame, bindings))

    def _resolve(self, name: str, frame: _Frame, bindings: _Bindings) -> Value:
        if name in bindings:
            return bindings[name]
        if name in ("each", "count", "self", "path", "terraform", "local", "ephemeral"):
            return Unknown(name)
        lookups: dict[str, Callable[[str], Value]] = {
            "var": lambda label: self._variable(label, frame),
            "module": lambda label: self._module(label, frame),
            "data": lambda of: Namespace(lambda label: self._named(("data", of, label), frame)),
        }
        return Namespace(lookups.get(name) or (lambda label: self._named(("managed", name, label), frame)))

    def _variable(self, name: str, frame: _Frame) -> Value:
        declared = frame.module.get("variables", {}).get(name, {})
        if not frame.path:
            given = self.plan.document.get("variables", {}).get(name, {})
            if "value" in given:
                return given["value"]  # type: ignore[no-any-return]  # a value of JSON
        else:
            call, key = frame.path[-1]
            caller = self._frame(frame.path[:-1])
            block = caller.module["module_calls"][call]
            if name in block.get("expressions", {}):
                return self._evaluated(block["expressions"][name], caller, self._each(block, key, caller))
        return declared["default"] if "default" in declared else Unknown(f"var.{name}")

    def _module(self, call: str, frame: _Frame) -> Value:
        block = frame.module.get("module_calls", {}).get(call)
        if block is None:
            raise EvaluationError(f"there is no module {call}")
        keys = self._keys(frame.path, call) if {"for_each_expression", "count_expression"} & set(block) else [None]
        return _by_key({key: self._outputs((*frame.path, (call, key))) for key in keys})

    def _outputs(self, path: ModulePath) -> Value:
        frame = self._frame(path)

        def output(name: str) -> Value:
            declared = frame.module.get("outputs", {}).get(name)
            if declared is None:
                raise EvaluationError(f"there is no output {name}")
            return self._evaluated(declared.get("expression", {}), frame, {})

        return Namespace(output)

    def _keys(self, path: ModulePath, call: str) -> list[Key]:
        found = {each[-1][1] for each in self.plan.modules if each[:-1] == path and each[-1][0] == call}
        return sorted(found, key=str)

    def _named(self, block: tuple[str, str, str], frame: _Frame) -> Value:
        found = {each.key: self.lookup(each) for each in self.plan.planned.get((frame.path, block), ())}
        if not found:
            raise EvaluationError(f"the plan has no {block[1]}.{block[2]}")
        return _by_key(found)


def _by_key(found: Mapping[Key, Value]) -> Value:
    if None in found:
        return found[None]
    if any(isinstance(key, str) for key in found):
        return {str(key): value for key, value in found.items()}
    return [found[key] for key in sorted(key for key in found if isinstance(key, int))]
