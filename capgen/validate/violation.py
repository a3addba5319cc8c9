"""One departure of a document from its schema."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from capgen.diagnostics import Location
from capgen.load import Document, SpecPath
from capgen.validate.field import Field, Schema, without_region
from capgen.validate.strict import is_one_of

_AT_THE_KEY = frozenset({"additionalProperties", "propertyNames", "required"})


@dataclass(frozen=True, kw_only=True)
class Violation:
    """What is at `path` breaks `keyword` of the schema, whose argument is `argument`.

    An unknown key, a key of the wrong form and a missing key are at their own path, one violation each. A repeated item
    is at the path of the repetition; `argument` is then the index of the first.
    """

    document: Document
    schema: Schema
    path: SpecPath
    keyword: str
    argument: Any
    value: Any
    around_secret: bool = False
    """Whether a secret stands somewhere within the value."""

    @cached_property
    def field(self) -> Field:
        """What the schema declares here."""
        return self.schema.at(self.path)

    @cached_property
    def location(self) -> Location:
        """The key for what concerns the key, and for a value that is not there; else the value."""
        if self.keyword in _AT_THE_KEY or self.value is None:
            return self.document.key_at(self.path)
        return self.document.value_at(self.path)

    @property
    def name(self) -> str:
        """What a person calls the value: its key, with the index of an item."""
        return name_of(self.path)

    @property
    def private(self) -> bool:
        """Say whether the value may be a secret that someone put where its reference belongs."""
        path = without_region(self.path)
        if self.keyword in _AT_THE_KEY:
            return False
        if path[:2] not in (("database", "password"), ("agent", "secrets")) or path[-1] == "version":
            return False
        if is_one_of(self.value, self.schema.choices_within(self.field)):
            return False
        return isinstance(self.value, str | float | int) and not str(self.value).startswith("arn:")

    @property
    def source(self) -> str:
        """The value as it is written in the file: `17.10` stays `17.10`."""
        place = self.document.value_at(self.path)
        text = self.document.quoted(place)[place.column - 1 : place.column - 1 + place.length]
        return re.sub(r"^(?:[&!]\S*\s+)*", "", text)  # without anchor and tag


def name_of(path: SpecPath) -> str:
    """Return the last key of a path, with the indexes behind it: `subnet_ids[1]`."""
    name = ""
    for part in reversed(path):
        if isinstance(part, str):
            return part + name
        name = f"[{part}]{name}"
    return f"the spec{name}"
