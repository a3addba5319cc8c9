"""What changes in where and as whom Terraform works: the provider's own block."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from capgen.compare.attributes import attribute_changes
from capgen.compare.changes import Action, ResourceChange
from capgen.evaluate import Flattened

_ELSEWHERE = frozenset({"region"})
"""With another one Terraform finds nothing of what it has made, and makes everything again."""

_TOLD_ELSEWHERE = frozenset({"default_tags"})


def provider_changes(old: Flattened, new: Flattened) -> Iterator[ResourceChange]:
    """Yield what changes of each provider that both sides have. Default tags are told of each resource that has them.

    Another region is told as a replacement of what holds data, since everything is looked for where it is not.
    """
    before, after = _providers(old), _providers(new)
    for address in sorted(before.keys() & after.keys()):
        type = address.split(".")[1]
        found = attribute_changes(type, before[address], after[address], kind="provider")
        changes = tuple(replace(change, forces_replacement=change.path in _ELSEWHERE) for change in found)
        elsewhere = any(change.forces_replacement for change in changes)
        if changes:
            action = Action.REPLACE if elsewhere else Action.UPDATE
            yield ResourceChange(address=address, type=type, action=action, stateful=elsewhere, attributes=changes)


def _providers(flattened: Flattened) -> dict[str, Mapping[str, Any]]:
    return {".".join(filter(None, ("provider", name, body.get("alias")))):
            {key: value for key, value in body.items() if key not in _TOLD_ELSEWHERE}
            for name, body in flattened.providers}  # fmt: skip
