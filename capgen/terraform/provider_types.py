"""Whether a value in Terraform JSON has the type that the provider's schema names.

Stricter than Terraform in one point: Terraform converts between string, number and bool where it can, and here the JSON
type has to be the schema's. A port written as "80" is a slip in the code that wrote it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from capgen.diagnostics.suggest import did_you_mean


def check_type(wanted: Any, value: object, path: str) -> Iterator[str]:
    """Yield what is wrong with a value that should be of the type `wanted`, in Terraform's JSON form of types."""
    if value is None or wanted == "dynamic":
        return
    if isinstance(wanted, str):
        if not _is_primitive(wanted, value):
            yield f"{path}: must be a {wanted}, found {describe(value)}"
    elif not (isinstance(value, str) and _is_single_expression(value)):
        yield from _check_collection(wanted, value, path)


def _check_collection(wanted: Sequence[Any], value: object, path: str) -> Iterator[str]:
    match wanted, value:
        case ["list" | "set", element], list() | tuple():
            for index, item in enumerate(value):
                yield from check_type(element, item, f"{path}[{index}]")
        case ["map", element], Mapping():
            for key, item in value.items():
                yield from check_type(element, item, f"{path}.{key}")
        case ["object", fields, *optional], Mapping():
            yield from _check_object(fields, frozenset(*optional), value, path)
        case _:
            article = "an" if wanted[0] == "object" else "a"
            yield f"{path}: must be {article} {wanted[0]}, found {describe(value)}"


def _check_object(
    fields: Mapping[str, Any], optional: frozenset[str], value: Mapping[str, object], path: str
) -> Iterator[str]:
    """Check an object that is an argument, not a block: every field has to be there, if only as null."""
    for key, item in value.items():
        if key in fields:
            yield from check_type(fields[key], item, f"{path}.{key}")
        else:
            yield unknown_name(f"{path}.{key}", key, fields)
    for key in fields:
        if key not in value and key not in optional:
            yield f"{path}.{key}: is required, if only as null"


def _is_primitive(wanted: str, value: object) -> bool:
    if isinstance(value, str):
        return wanted == "string" or _has_expression(value)
    if isinstance(value, bool):
        return wanted == "bool"
    return wanted == "number" and isinstance(value, int | float)


def _has_expression(text: str) -> bool:
    """Tell whether Terraform evaluates anything in the text; `$${` stands for `${` itself."""
    return "${" in text.replace("$${", "")


def _is_single_expression(text: str) -> bool:
    """Tell whether the text may be one expression and nothing else: only then is its value not a string."""
    return text.startswith("${") and text.endswith("}")


def describe(value: object) -> str:
    """Name the JSON type of a value, without the value."""
    match value:
        case bool():
            return "a bool"
        case int() | float():
            return "a number"
        case str():
            return "a string"
        case Mapping():
            return "an object"
        case None:
            return "null"
        case _:
            return "a list"


def unknown_name(path: str, name: str, known: Iterable[str]) -> str:
    """Say that a name is not known, and which one may be meant."""
    hint = did_you_mean(name, known)
    return f"{path}: is not known to the provider" + (f"; {hint}" if hint else "")
