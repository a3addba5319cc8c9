"""The instances of a block that has `for_each` or `count`."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from capgen.evaluate.language import EvaluationError, Unknown, Value


@dataclass(frozen=True, kw_only=True)
class Instance:
    """One instance: its label in the flattened root, its key, and what `each` and `count` mean in it.

    `key` is None for a block that is not repeated, and for one whose keys only Terraform knows.
    """

    name: str
    key: str | int | None = None
    bindings: Mapping[str, Value] = field(default_factory=dict)

    @property
    def suffix(self) -> str:
        """Return the key as Terraform writes it in an address."""
        return "" if self.key is None else f"[{json.dumps(self.key, ensure_ascii=False)}]"


def expand(name: str, repeated: Mapping[str, Value]) -> tuple[Instance, ...]:
    """Return the instances of a block. `repeated` holds the values of its `for_each` or `count`, where it has one."""
    if "count" in repeated:
        return _counted(name, repeated["count"])
    if "for_each" in repeated:
        return _keyed(name, repeated["for_each"])
    return (Instance(name=name),)


def _counted(name: str, count: Value) -> tuple[Instance, ...]:
    if isinstance(count, Unknown):
        return (Instance(name=name),)
    if isinstance(count, str) and count.isdecimal():
        count = int(count)
    if not isinstance(count, int):
        raise EvaluationError(f"count is {count!r}")
    return tuple(
        Instance(name=f"{name}__{index}", key=index, bindings={"count": {"index": index}}) for index in range(count)
    )


def _keyed(name: str, collection: Value) -> tuple[Instance, ...]:
    if isinstance(collection, list) and all(isinstance(value, str) for value in collection):
        collection = {str(value): value for value in collection}
    if not isinstance(collection, dict):
        return (Instance(name=name),)
    return tuple(
        Instance(name=f"{name}__{index}", key=key, bindings={"each": {"key": key, "value": collection[key]}})
        for index, key in enumerate(sorted(collection))
    )
