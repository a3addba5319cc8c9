"""A quick yes: does a value conform to a schema?

Most specs conform, and `import jsonschema` alone costs 130 ms: half of what `capgen validate` may take. So the keywords
that the schema uses are checked here first. jsonschema is asked whenever the answer is not yes, and it alone finds the
violations; a keyword that is not known here makes the answer no.
"""

from collections.abc import Callable, Mapping
from typing import Any

from capgen.validate.strict import is_integer, is_one_of, matches

_TYPES: Mapping[str, Callable[[Any], bool]] = {
    "object": lambda value: isinstance(value, dict),
    "array": lambda value: isinstance(value, list),
    "string": lambda value: isinstance(value, str),
    "integer": is_integer,
    "boolean": lambda value: isinstance(value, bool),
}

_ANNOTATIONS = frozenset(
    {"$schema", "$id", "$comment", "$defs", "title", "description", "default", "examples", "x-merge-key"}
)


def _is_of_type(value: Any, names: str | list[str]) -> bool:
    if isinstance(names, str):
        return names in _TYPES and _TYPES[names](value)
    return any(name in _TYPES and _TYPES[name](value) for name in names)


_CHECKS: Mapping[str, Callable[[Any, Any], bool]] = {
    "type": _is_of_type,
    "enum": is_one_of,
    "const": lambda value, constant: is_one_of(value, [constant]),
    "pattern": lambda value, pattern: not isinstance(value, str) or matches(pattern, value),
    "minLength": lambda value, least: not isinstance(value, str) or len(value) >= least,
    "maxLength": lambda value, most: not isinstance(value, str) or len(value) <= most,
    "minimum": lambda value, least: not is_integer(value) or value >= least,
    "maximum": lambda value, most: not is_integer(value) or value <= most,
    "minItems": lambda value, least: not isinstance(value, list) or len(value) >= least,
    "maxItems": lambda value, most: not isinstance(value, list) or len(value) <= most,
    "uniqueItems": lambda value, wanted: not (wanted and isinstance(value, list)) or _all_differ(value),
    "minProperties": lambda value, least: not isinstance(value, dict) or len(value) >= least,
    "maxProperties": lambda value, most: not isinstance(value, dict) or len(value) <= most,
    "required": lambda value, keys: not isinstance(value, dict) or all(key in value for key in keys),
}


def conforms(value: Any, schema: Any, root: Mapping[str, Any]) -> bool:
    """Say whether `value` conforms to `schema`, whose references lead into the `$defs` of `root`."""
    if isinstance(schema, bool):
        return schema
    return all(
        _CHECKS[keyword](value, argument) if keyword in _CHECKS else _members_conform(keyword, value, schema, root)
        for keyword, argument in schema.items()
        if keyword not in _ANNOTATIONS
    )


def _members_conform(keyword: str, value: Any, schema: Mapping[str, Any], root: Mapping[str, Any]) -> bool:
    """Check a keyword that applies other schemas; False for one that is not known."""
    argument, declared = schema[keyword], schema.get("properties", {})
    members: list[tuple[Any, Any]]
    match keyword:
        case "$ref":
            members = [(value, root["$defs"].get(argument.removeprefix("#/$defs/"), False))]
        case "items":
            members = [(item, argument) for item in value] if isinstance(value, list) else []
        case "properties" | "additionalProperties" | "propertyNames" if not isinstance(value, dict):
            members = []
        case "properties":
            members = [(value[key], declared[key]) for key in declared if key in value]
        case "additionalProperties":
            members = [(value[key], argument) for key in value if key not in declared]
        case "propertyNames":
            members = [(key, argument) for key in value]
        case _:
            return False
    return all(conforms(member, its_schema, root) for member, its_schema in members)


def _all_differ(items: list[Any]) -> bool:
    return len({_comparable(item) for item in items}) == len(items)


def _comparable(value: Any) -> Any:
    """Return a value that can be put into a set, equal for equal values of the same kind."""
    if isinstance(value, dict):
        return frozenset((key, _comparable(member)) for key, member in value.items())
    if isinstance(value, list):
        return tuple(_comparable(item) for item in value)
    return type(value), value
