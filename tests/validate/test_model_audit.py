"""The model has exactly the fields of the schema, of the same kind, and a default exactly where no one else has one."""

from collections.abc import Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass
from types import NoneType, UnionType
from typing import Any, Literal, get_args, get_origin, get_type_hints

from capgen.model.regional import RegionalDeployment
from capgen.validate.field import DEPLOYMENT, declared_keys

SCHEMA = DEPLOYMENT.root
OF_THE_WHOLE = ("disaster_recovery",)
"""Sections that stand at the top of a spec alone."""
NOT_IN_A_REGION = {"name", "environment", "region", "counterpart", *OF_THE_WHOLE}
SCALARS = {"string": str, "integer": int, "boolean": bool}


def test_the_model_has_the_fields_of_the_schema() -> None:
    assert list(differences(RegionalDeployment, SCHEMA["$defs"]["region"], "", besides=NOT_IN_A_REGION)) == []


def test_the_model_has_the_sections_of_the_whole_spec() -> None:
    hints = get_type_hints(RegionalDeployment)
    for name in OF_THE_WHOLE:
        assert list(kinds(hints[name], SCHEMA["$defs"][name], name)) == []


def differences(model: Any, schema: Mapping[str, Any], path: str, besides: set[str] = frozenset()) -> Iterator[str]:  # type: ignore[assignment]
    hints = get_type_hints(model)
    declared = declared_keys(schema)
    modelled: dict[str, Field[Any]] = {field.name: field for field in fields(model) if field.name not in besides}
    if list(modelled) != list(declared):
        yield f"{path or 'the region'}: model {list(modelled)}, schema {list(declared)}"
        return
    for name, field in modelled.items():
        child, here = DEPLOYMENT.resolved(declared[name]), f"{path}.{name}"
        yield from kinds(hints[name], child, here)
        optional = field.default is not MISSING
        if optional and ("default" in child or name in schema.get("required", [])):
            yield f"{here}: a default in the model, where the schema has one or asks for a value"


def kinds(hint: Any, schema: Mapping[str, Any], path: str) -> Iterator[str]:
    """Compare the type of a field with what the schema allows."""
    if get_origin(hint) is UnionType:
        (hint,) = (each for each in get_args(hint) if each is not NoneType)
    origin, arguments = get_origin(hint), get_args(hint)
    if is_dataclass(hint):
        yield from differences(hint, schema, path)
    elif origin is Literal:
        yield from [] if list(arguments) == schema.get("enum") else [f"{path}: {arguments} is not {schema.get('enum')}"]
    elif origin is tuple:
        yield from kinds(arguments[0], DEPLOYMENT.resolved(schema["items"]), f"{path}[]")
    elif origin is Mapping or getattr(origin, "__name__", "") == "Mapping":
        yield from kinds(arguments[1], DEPLOYMENT.resolved(schema["additionalProperties"]), f"{path}.*")
    else:
        wanted = SCALARS.get(schema.get("type", ""), type(schema.get("enum", [None])[0]))
        yield from [] if hint is wanted else [f"{path}: {hint} is not {wanted}"]
