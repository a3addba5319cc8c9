"""Text that goes through the CDK unread.

The CDK searches every text that it is given for tokens of its own, such as `${TfToken[TOKEN.0]}`, and its bridge to
Node.js refuses a map with the key `__proto__`. A user may have written either, as data. So the CDK gets a stand-in for
each text, and what it hands back is turned into the texts again.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from capgen.terraform.expression import Json


class OpaqueTexts:
    """The texts of one stack and their stand-ins. No name of a block can look like a stand-in."""

    def __init__(self) -> None:
        self._texts: dict[str, str] = {}

    def hide(self, value: Json) -> Json:
        """Return the value with a stand-in for each text and for each key in it."""
        if isinstance(value, str):
            stand_in = f"<{len(self._texts)}>"
            self._texts[stand_in] = value
            return stand_in
        if isinstance(value, Mapping):
            return {str(self.hide(key)): self.hide(item) for key, item in value.items()}
        if isinstance(value, Sequence):
            return [self.hide(item) for item in value]
        return value

    def reveal(self, value: Any) -> Any:
        """Return the value with its texts and keys again."""
        if isinstance(value, str):
            return self._texts.get(value, value)
        if isinstance(value, dict):
            return {self._texts.get(key, key): self.reveal(item) for key, item in value.items()}
        if isinstance(value, list):
            return [self.reveal(item) for item in value]
        return value
