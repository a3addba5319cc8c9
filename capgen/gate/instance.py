"""The resources and data sources of a plan, one by one, as the plan has their values."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Key = str | int | None
"""The key of an instance of `for_each` or `count`; None for what is not repeated."""

ModulePath = tuple[tuple[str, Key], ...]
"""The calls that lead to a module, each with its key."""

_CALL = re.compile(r'module\.([\w-]+)(?:\[("(?:[^"\\]|\\.)*"|\d+)\])?(?:\.|$)')


@dataclass(frozen=True, kw_only=True)
class Instance:
    """One instance. In `values`, what only AWS knows is missing; `unknown` says where, `sensitive` what is secret.

    Both have the shape of the values with true at the places they mean.
    """

    address: str
    module: ModulePath
    mode: str
    type: str
    name: str
    key: Key
    provider: str
    values: Mapping[str, Any]
    unknown: Mapping[str, Any] = field(default_factory=dict)
    sensitive: Any = False

    @property
    def is_aws(self) -> bool:
        """Say whether it is of the AWS provider, wherever that was taken from."""
        return self.provider.rpartition("/")[2] == "aws"

    @property
    def is_data(self) -> bool:
        """Say whether it is a data source."""
        return self.mode == "data"

    @property
    def block(self) -> tuple[str, str, str]:
        """Return mode, type and name: what it is called within its module."""
        return (self.mode, self.type, self.name)


def module_path(address: str) -> ModulePath:
    """Read the address of a module, such as `module.tier["web"].module.group`."""
    return tuple((match[1], json.loads(match[2]) if match[2] else None) for match in _CALL.finditer(address))


def instances(values: Mapping[str, Any]) -> Iterator[Instance]:
    """Yield everything below `planned_values`, or below `values` of a state."""
    if "root_module" in values:
        yield from _of_module(values["root_module"], ())


def _of_module(module: Mapping[str, Any], path: ModulePath) -> Iterator[Instance]:
    for resource in module.get("resources", []):
        yield Instance(**_labels(resource, path), values=resource.get("values") or {},
                       sensitive=resource.get("sensitive_values", False))  # fmt: skip
    for child in module.get("child_modules", []):
        yield from _of_module(child, module_path(child["address"]))


def changed_instance(change: Mapping[str, Any], part: str) -> Instance:
    """Return what a change, of `resource_changes` or `resource_drift`, says of its part "before" or "after"."""
    body = change["change"]
    return Instance(**_labels(change, module_path(change.get("module_address", ""))), values=body.get(part) or {},
                    sensitive=body.get(f"{part}_sensitive", False))  # fmt: skip


def _labels(resource: Mapping[str, Any], path: ModulePath) -> dict[str, Any]:
    return {"address": resource["address"], "module": path, "mode": resource["mode"], "type": resource["type"],
            "name": resource["name"], "key": resource.get("index"),
            "provider": resource.get("provider_name", "")}  # fmt: skip
