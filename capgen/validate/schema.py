"""Where a document departs from its JSON Schema, as jsonschema finds it."""

from collections.abc import Iterator
from functools import cache, partial
from typing import TYPE_CHECKING, Any

from capgen.load import Document, SpecPath
from capgen.validate.completed import completed
from capgen.validate.conformance import conforms
from capgen.validate.field import Schema, declared_keys
from capgen.validate.strict import is_integer, is_one_of, matches, repeated
from capgen.validate.violation import Violation

if TYPE_CHECKING:
    from jsonschema.exceptions import ValidationError


def violations(document: Document, schema: Schema) -> list[Violation]:
    """Return every violation in reading order. A value of the wrong type has no other: all else follows from it.

    A region is judged together with what the top of the spec says of the same section.
    """
    data, put = completed(document, schema)
    if conforms(data, schema.root, schema.root):
        return []
    errors = validator(schema).iter_errors(data)
    found = {
        (each.path, each.keyword): each
        for error in errors
        for each in _violations(document, schema, error)
        if not any(each.path[:length] in put for length in range(len(each.path) + 1))  # it is told at the top
    }
    kept = (
        each
        for (path, keyword), each in found.items()
        if keyword in ("type", "propertyNames") or (path, "type") not in found
    )
    return sorted(kept, key=lambda each: (each.location, [str(part) for part in each.path], each.keyword))


@cache
def validator(schema: Schema) -> Any:
    """Return the validator of a schema, with the strictness of capgen.validate.strict."""
    from jsonschema import Draft202012Validator  # imported when there is an error to find: it costs 130 ms
    from jsonschema.exceptions import ValidationError
    from jsonschema.validators import extend

    def enum(_: Any, allowed: list[Any], value: Any, __: Any) -> Iterator[ValidationError]:
        if not is_one_of(value, allowed):
            yield ValidationError("")

    def pattern(_: Any, wanted: str, value: Any, __: Any) -> Iterator[ValidationError]:
        if isinstance(value, str) and not matches(wanted, value):
            yield ValidationError("")

    def unique(_: Any, wanted: bool, value: Any, __: Any) -> Iterator[ValidationError]:
        if wanted and isinstance(value, list) and repeated(value):  # jsonschema compares each item with each
            yield ValidationError("")

    types = Draft202012Validator.TYPE_CHECKER.redefine("integer", lambda _, value: is_integer(value))
    keywords = {"enum": enum, "pattern": pattern, "uniqueItems": unique}
    strict: Any = extend(Draft202012Validator, keywords, type_checker=types)  # type: ignore[no-untyped-call]
    return strict(schema.root)


def _violations(document: Document, schema: Schema, error: "ValidationError") -> Iterator[Violation]:
    made = partial(Violation, document=document, schema=schema)
    path: SpecPath = tuple(error.absolute_path)
    keyword = str(error.validator)
    argument: Any = error.validator_value
    value: Any = error.instance
    if "propertyNames" in error.absolute_schema_path:
        yield made(path=(*path, str(value)), keyword="propertyNames", argument=argument, value=value)
    elif keyword == "additionalProperties":
        for key in value.keys() - declared_keys(schema.at(path)).keys():
            yield made(path=(*path, key), keyword=keyword, argument=argument, value=value[key])
    elif keyword == "required":
        for key in argument:
            if key not in value:
                yield made(path=(*path, key), keyword=keyword, argument=argument, value=None)
    elif keyword == "uniqueItems":
        for index, first in repeated(value).items():
            yield made(path=(*path, index), keyword=keyword, argument=first, value=value[index])
    else:
        yield made(path=path, keyword=keyword, argument=argument, value=value)
