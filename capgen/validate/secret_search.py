"""Where in a document's values and keys secrets stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from capgen.load import SpecPath
from capgen.validate.field import Field, Schema, declared_keys, without_region
from capgen.validate.secret_names import is_literal, names_a_secret
from capgen.validate.secret_text import assigns_a_secret, has_aws_secret_key, shape_of
from capgen.validate.strict import is_one_of

_PLAIN_TEXT = ("secret-plain-text", "a password or key in plain text")
_AWS_SECRET_KEY = ("secret-aws-key", "an AWS secret key")
_VARIABLE_NAME = re.compile(r"[A-Z_][A-Z0-9_]*")
_NAME_AND_VALUE = (("name", "value"), ("key", "value"), ("Name", "Value"), ("ParameterKey", "ParameterValue"))


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """A secret: the value at `path`, or the key of that path itself."""

    path: SpecPath
    rule: str
    what: str
    text: str
    in_key: bool = False


@dataclass(frozen=True)
class _Spot:
    """A value on the way through the document: what the schema declares for it, and what its key promises."""

    schema: Schema
    path: SpecPath
    field: Field
    declared: bool = True
    """Whether the schema knows this key by name."""
    secret: bool = False
    """Whether a key on the way here says that a secret follows."""

    def lies_in(self, *section: str | int) -> bool:
        """Say whether this is that section, or lies in it."""
        return without_region(self.path)[: len(section)] == section

    @property
    def is_prose(self) -> bool:
        """Whether people write sentences here."""
        return self.lies_in(*self.schema.prose)


def search(data: Any, schema: Schema) -> Iterator[Sighting]:
    """Yield every secret in the data of a document. A value may be seen twice."""
    return _search(data, _Spot(schema, (), schema.root))


def _search(value: Any, spot: _Spot) -> Iterator[Sighting]:
    if isinstance(value, dict):
        for key, member in value.items():
            shape = shape_of(key)
            if shape:
                yield Sighting(path=(*spot.path, key), rule=shape.rule, what=shape.what, text=key, in_key=True)
            else:
                yield from _search(member, _step(spot, key, member))
        yield from _named_values(value, spot)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            inner = replace(spot, path=(*spot.path, index), field=spot.schema.within(spot.field, index))
            yield from _search(item, inner)
    else:
        kind = _kind(value, spot)
        if kind:
            yield Sighting(path=spot.path, rule=kind[0], what=kind[1], text=str(value))


def _named_values(section: dict[str, Any], spot: _Spot) -> Iterator[Sighting]:
    """Yield the value of `{name: DB_PASSWORD, value: …}`, as task definitions and CloudFormation write it."""
    for name_key, value_key in _NAME_AND_VALUE:
        if name_key not in section:
            continue
        name, value = str(section[name_key]), section.get(value_key)
        if names_a_secret(name) and is_literal(value, name):
            yield Sighting(path=(*spot.path, value_key), rule=_PLAIN_TEXT[0], what=_PLAIN_TEXT[1], text=str(value))


def _step(spot: _Spot, key: str, member: Any) -> _Spot:
    field, declared = spot.schema.within(spot.field, key), key in declared_keys(spot.field)
    if spot.secret:
        secret = True
    elif declared:  # `password: hunter2` stands where a section is declared that tells where the password comes from
        secret = field.get("type") == "object" and not isinstance(member, dict) and names_a_secret(key)
    elif without_region(spot.path) == ("agent", "secrets"):
        secret = not isinstance(member, dict)
    elif spot.lies_in("agent", "secrets") or spot.lies_in("database", "password"):
        secret = True
    else:
        secret = not spot.lies_in("database", "parameters") and not spot.is_prose and names_a_secret(key)
    return _Spot(spot.schema, (*spot.path, key), field, declared, secret)


def _kind(value: Any, spot: _Spot) -> tuple[str, str] | None:
    """Return the rule that refuses a scalar, and what it is; None for what is no secret."""
    shape = shape_of(value) if isinstance(value, str) else None
    if shape:
        return shape.rule, shape.what
    name = next((part for part in reversed(spot.path) if isinstance(part, str)), "")
    if spot.secret and is_literal(value, name) and not _is_misplaced(value, spot):
        return _PLAIN_TEXT
    if not isinstance(value, str):
        return None
    found = _PLAIN_TEXT if assigns_a_secret(value) else None
    if found is None and has_aws_secret_key(value, "" if spot.declared else name):
        found = _AWS_SECRET_KEY
    return found if found and not spot.is_prose else None


def _is_misplaced(value: Any, spot: _Spot) -> bool:
    """Say whether a value only looks like a secret: `password: generated`, or `secrets: [DB_PASSWORD]`."""
    if isinstance(spot.path[-1], int):
        return spot.lies_in("agent", "secrets") and _VARIABLE_NAME.fullmatch(str(value)) is not None
    return is_one_of(value, spot.schema.choices_within(spot.field))
