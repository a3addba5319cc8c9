"""Where the arguments of a plan's resources are written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from capgen.evaluate import Flattened
from capgen.evaluate.language import EvaluationError, Namespace, Unknown, Value, evaluate_template
from capgen.gate.arguments import DOCUMENTS
from capgen.gate.configuration import Configuration
from capgen.gate.instance import Instance


@dataclass(frozen=True, kw_only=True)
class PlannedSource:
    """The configuration that is part of the plan."""

    configuration: Configuration

    def arguments(self, instance: Instance) -> Mapping[str, Any] | None:
        """Return the expressions of an instance's block."""
        return self.configuration.expressions(instance)

    def value(self, instance: Instance, argument: str) -> Value:
        """Return the value of an argument. Raises EvaluationError where the plan does not say enough."""
        written = self.arguments(instance) or {}
        if argument not in written:
            raise EvaluationError(f"the configuration does not set {argument}")
        value = self.configuration.value(instance, written[argument])
        if argument in DOCUMENTS and "constant_value" not in written[argument] and not _is_document(value):
            raise EvaluationError(f"the plan has what {argument} refers to, and not its text")
        return value


def _is_document(value: Value) -> bool:
    """Say whether a reference is that to a whole document, which a data source writes."""
    return not isinstance(value, Unknown) or value.text.endswith((".json", ".minified_json"))


@dataclass(frozen=True, kw_only=True)
class TreeSource:
    """The compiled tree that the plan was made from. `flattened` is its root, `blocks` its bodies by address.

    `lookup` gives the meaning of a name of the flattened root. `planned` is asked where the tree's text cannot be
    evaluated once more.
    """

    blocks: Mapping[str, Mapping[str, Any]]
    lookup: Callable[[str], Value]
    planned: PlannedSource

    def arguments(self, instance: Instance) -> Mapping[str, Any] | None:
        """Return the arguments of a resource as the flattened tree has them."""
        body = self.blocks.get(instance.address)
        return None if body is None else {name: value for name, value in body.items() if name != "lifecycle"}

    def value(self, instance: Instance, argument: str) -> Value:
        """Return the value of an argument, with what the plan knows in the place of references."""
        written = self.arguments(instance) or {}
        if argument not in written:
            raise EvaluationError(f"the tree does not set {argument}")
        try:
            return self._evaluated(written[argument])
        except EvaluationError:
            return self.planned.value(instance, argument)

    def _evaluated(self, value: Any) -> Value:
        if isinstance(value, list):
            return [self._evaluated(item) for item in value]
        if isinstance(value, Mapping):
            return {str(key): self._evaluated(item) for key, item in value.items()}
        return evaluate_template(value, self._resolve) if isinstance(value, str) else value

    def _resolve(self, name: str) -> Value:
        if name == "var":
            return Namespace(self.planned.configuration.root_variable)
        if name in ("each", "count", "self", "path", "terraform", "local", "module", "ephemeral"):
            return Unknown(name)
        if name == "data":
            return Namespace(lambda of: Namespace(lambda label: self.lookup(f"data.{of}.{label}")))
        return Namespace(lambda label: self.lookup(f"{name}.{label}"))


def bodies_by_address(flattened: Flattened) -> dict[str, Mapping[str, Any]]:
    """Return the bodies of a flattened root by Terraform's addresses."""
    kinds = (("", flattened.resources), ("data.", flattened.data))
    return {flattened.origins[f"{prefix}{type}.{label}"].address: body
            for prefix, kind in kinds for (type, label), body in kind.items()}  # fmt: skip
