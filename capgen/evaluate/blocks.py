"""The blocks of one directory, merged over its files as Terraform merges them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from capgen.evaluate.positions import KeyPath

#: Takes a rule, a message, and the key that it is about.
Refuse = Callable[[str, str, KeyPath], None]

#: How many labels stand before the body of a block.
_LABELS = {
    "resource": 2,
    "data": 2,
    "ephemeral": 2,
    "module": 1,
    "variable": 1,
    "output": 1,
    "provider": 1,
    "locals": 1,
}

#: Settings of Terraform itself, which say how and not what; and comments.
_UNREAD = frozenset({"terraform", "//"})


@dataclass(frozen=True, kw_only=True)
class Merge:
    """Adds one file to the blocks of its directory. Only the shape that capgen writes is read: objects by label.

    An override file changes arguments of blocks that other files declare:
    https://developer.hashicorp.com/terraform/language/files/override
    """

    blocks: dict[str, dict[str, Any]]
    override: bool
    refuse: Refuse

    def file(self, document: object) -> None:
        """Add a whole file."""
        if not isinstance(document, dict):
            self.refuse("scan-shape", "the file is not one object", ())
            return
        for type, content in document.items():
            if type in _LABELS:
                self._labels(self.blocks.setdefault(type, {}), content, (type,), _LABELS[type])
            elif type not in _UNREAD:
                self.refuse("scan-block", f"blocks of type {type} are not scanned", (type,))

    def _labels(self, known: dict[str, Any], content: object, path: KeyPath, remaining: int) -> None:
        if not isinstance(content, dict):
            self.refuse("scan-shape", f"{'.'.join(path)} is not written as one object", path)
            return
        for label, body in content.items():
            if label == "//":
                continue
            if remaining > 1:
                self._labels(known.setdefault(label, {}), body, (*path, label), remaining - 1)
            elif path[0] == "provider":
                for each in body if isinstance(body, list) else [body]:
                    self._provider(known.setdefault(label, []), each, (*path, label))
            else:
                self._body(known, label, body, (*path, label))

    def _body(self, known: dict[str, Any], label: str, body: object, path: KeyPath) -> None:
        name = ".".join(path)
        if path[0] != "locals" and not isinstance(body, dict):
            self.refuse("scan-shape", f"{name} is not written as one object", path)
        elif self.override and label not in known:
            self.refuse("scan-override", f"there is no {name} to override", path)
        elif not self.override and label in known:
            self.refuse("scan-duplicate", f"{name} is declared twice", path)
        elif self.override and path[0] != "locals":
            known[label] = _overridden(known[label], body)
        else:
            known[label] = body

    def _provider(self, known: list[dict[str, Any]], body: object, path: KeyPath) -> None:
        """Add one configuration of a provider. There may be one for each alias, and one without."""
        if not isinstance(body, dict):
            self.refuse("scan-shape", f"{'.'.join(path)} is not written as an object, or a list of them", path)
            return
        alias = body.get("alias")
        name = ".".join([*path, str(alias)] if alias is not None else path)
        same = next((index for index, each in enumerate(known) if each.get("alias") == alias), None)
        if same is None and self.override and alias is not None:
            self.refuse("scan-override", f"there is no {name} to override", path)
        elif same is None:  # what is not configured counts as configured with nothing, so an override may begin it
            known.append(body)
        elif self.override:
            known[same] = _overridden(known[same], body)
        else:
            self.refuse("scan-duplicate", f"{name} is declared twice", path)


def _overridden(body: Any, override: Any) -> Any:
    if not isinstance(body, Mapping) or not isinstance(override, Mapping):
        return override
    merged = {**body, **override}
    if "lifecycle" in body and "lifecycle" in override:
        merged["lifecycle"] = {**body["lifecycle"], **override["lifecycle"]}
    return merged
