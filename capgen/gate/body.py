"""The body of one resource, as a compiled tree would have it: its arguments, with references where ids stood."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from capgen.evaluate.language import EvaluationError, Unknown, Value, to_document
from capgen.gate.arguments import DOCUMENTS, in_lists, is_block, is_computed, is_empty, is_filled_in
from capgen.gate.identities import Identities
from capgen.gate.instance import Instance
from capgen.gate.settle import MISSING, is_open, masked, settled, trimmed, unknowns, without_namespaces

#: An expression that leads to no resource.
_NOWHERE = re.compile(r"(?<![\w.])(each|count|ephemeral|known_after_apply|local|module|self|var)\b")


class Source(Protocol):
    """Where arguments are written: the configuration in the plan, or a compiled tree."""

    def arguments(self, instance: Instance) -> Mapping[str, Any] | None:
        """Return the arguments of an instance's block as they are written; None where it has none."""

    def value(self, instance: Instance, argument: str) -> Value:
        """Return the value of an argument. Raises EvaluationError where it cannot be worked out."""


@dataclass(frozen=True, order=True, kw_only=True)
class Unjudged:
    """An argument that policy cannot judge, since nothing but the apply says what it will be."""

    address: str
    argument: str
    document: bool

    def to_json(self) -> dict[str, Any]:
        """Return it as plain data."""
        return {"address": self.address, "argument": self.argument, "policy": self.document}


@dataclass(frozen=True, kw_only=True)
class Bodies:
    """Writes bodies. What no source knows is added to `unjudged`.

    `names` are those of the flattened root, by address. `changing` are the attributes that change, by address: one that
    is no longer written still was what it was. What is not written and stays is a default of the provider.
    """

    source: Source
    identities: Identities
    names: Mapping[str, str]
    changing: Mapping[str, frozenset[str]]
    unjudged: set[Unjudged] = field(default_factory=set)

    def body(self, instance: Instance) -> dict[str, Any]:
        """Return the body of an instance."""
        written = self.source.arguments(instance)
        if written is None:
            names = {name for name in instance.values if not is_computed(instance.type, name)} - {"id", "arn"}
        else:
            names = {name for name in instance.values if is_block(instance.type, name)} | set(written)
            names |= self.changing.get(instance.address, frozenset())
        found = {name: self._argument(instance, name, written or {}) for name in sorted(names)}
        return {name: value for name, value in found.items() if value is not MISSING}

    def _argument(self, instance: Instance, name: str, written: Mapping[str, Any]) -> Any:
        unknown = instance.unknown.get(name, False)
        value = instance.values.get(name)
        if name not in written and is_empty(value):
            return MISSING
        if not is_open(unknown) and (value in (None, "") or self._is_chosen_by_aws(instance, name)):
            return MISSING
        configured = self._configured(instance, name) if is_open(unknown) else MISSING
        found = trimmed(settled(_masked(value, instance, name), unknown, configured), written.get(name))
        restored = self.identities.restored(found, name, self.names[instance.address])
        unreadable = name in DOCUMENTS and isinstance(found, Unknown)
        if unreadable or any(_NOWHERE.search(each.text) for each in unknowns(found)):
            self.unjudged.add(Unjudged(address=instance.address, argument=name, document=name in DOCUMENTS))
        return to_document(without_namespaces(restored))

    def _is_chosen_by_aws(self, instance: Instance, name: str) -> bool:
        """Say whether an argument is written as null: what stands there then is nobody's choice."""
        return is_filled_in(instance.type, name) and self._configured(instance, name) is None

    def _configured(self, instance: Instance, name: str) -> Any:
        try:
            return in_lists(instance.type, name, self.source.value(instance, name))
        except EvaluationError:
            return MISSING


def _masked(value: Any, instance: Instance, name: str) -> Any:
    """Hide what is secret. A document is judged by what it says, and is shown to nobody as a whole."""
    if name in DOCUMENTS or not isinstance(instance.sensitive, Mapping):
        return value
    return masked(value, instance.sensitive.get(name, False))
