"""Merge what was given into the values of a blueprint's parameters, or say everything that is wrong with it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from capgen.diagnostics import Diagnostic, Severity, did_you_mean, has_errors
from capgen.render.blueprint import Blueprint
from capgen.render.declared import as_declared, example_text
from capgen.render.given import Given
from capgen.render.parameter_checks import check_value
from capgen.validate.words import shown


def resolve(blueprint: Blueprint, given: Iterable[Given]) -> tuple[dict[str, Any] | None, list[Diagnostic]]:
    """Return the value of every parameter, in the blueprint's order, or None and what is wrong.

    Where a parameter is given more than once, the last wins. A secret is refused from `--set`, and skipped with a
    warning from a file, so that an existing CloudFormation parameter file works as it is; it is never shown or kept.
    """
    diagnostics: list[Diagnostic] = []
    last: dict[str, Given] = {}
    for one in given:
        if one.name not in blueprint.parameters:
            diagnostics.append(_unknown(one, blueprint))
        elif one.name in blueprint.secrets:
            diagnostics.append(_secret(one, blueprint.parameters[one.name]))
        else:
            last[one.name] = one
    values: dict[str, Any] = {}
    for name, schema in blueprint.parameters.items():
        if name in last:
            values[name] = as_declared(last[name].value, schema)
            diagnostics += _judged(last[name], values[name], schema)
        elif name in blueprint.required:
            diagnostics.append(_missing(name, schema))
        elif "default" in schema:
            values[name] = schema["default"]
    return (None if has_errors(diagnostics) else values), diagnostics


def _judged(given: Given, value: Any, schema: Mapping[str, Any]) -> Iterator[Diagnostic]:
    if value is None:
        message, hint = f"{given.name} has no value", "give it one, or remove it to take the default"
        yield Diagnostic(rule="parameter-empty", message=message, location=given.location, path=given.name, hint=hint)
        return
    yield from check_value(given, value, schema)


def _unknown(given: Given, blueprint: Blueprint) -> Diagnostic:
    folded = {name.casefold(): name for name in blueprint.parameters}
    same = folded.get(given.name.casefold())
    return Diagnostic(
        rule="parameter-known",
        message=f"the blueprint {blueprint.name} has no such parameter",
        location=given.location,
        value=shown(given.name),
        allowed=", ".join(name for name in blueprint.parameters if name not in blueprint.secrets),
        hint=f'did you mean "{same}"?' if same else did_you_mean(given.name, blueprint.parameters),
        sensitive=True,
    )


def _missing(name: str, schema: Mapping[str, Any]) -> Diagnostic:
    return Diagnostic(
        rule="parameter-required",
        message=f"{name} is missing",
        path=name,
        allowed=f"{schema['description']} For example {example_text(schema)}.",
        hint=f"set it in a parameter file, or with --set {name}=...",
    )


def _secret(given: Given, schema: Mapping[str, Any]) -> Diagnostic:
    if given.source == "set":
        why = "is a secret, and --set takes none: the shell's history and the list of processes would keep it"
    else:
        why = "is ignored: it is a secret, and no spec holds one"
    return Diagnostic(
        rule="parameter-secret",
        severity=Severity.ERROR if given.source == "set" else Severity.WARNING,
        message=f"{given.name} {why}",
        location=given.location,
        path=given.name,
        hint=schema["description"],
        sensitive=True,
    )
