"""Blueprints and their parameters, as data and as text."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from rich.console import Console
from rich.text import Text

from capgen.diagnostics import Diagnostic, has_errors
from capgen.render import Blueprint, Listed
from capgen.render.declared import example_text
from capgen.report.json import diagnostics_as_json
from capgen.report.wrapped import wrapped
from capgen.validate.words import printable


def list_document(listed: Sequence[Listed], told: Sequence[Diagnostic]) -> dict[str, Any]:
    """Return the blueprints that there are; title and description are null for a broken one."""
    return {
        "ok": not has_errors(told),
        "blueprints": [
            {
                "name": each.name,
                "title": each.blueprint.title if each.blueprint else None,
                "description": each.blueprint.description if each.blueprint else None,
                "own": each.own,
                "folder": None if each.own else each.folder.as_posix(),
            }
            for each in listed
        ],
        **diagnostics_as_json(told),
    }


def print_list(console: Console, listed: Sequence[Listed]) -> None:
    """Print a line for each blueprint: name, title and whose it is."""
    titles = [
        printable(each.blueprint.title if each.blueprint else "cannot be used: see the errors") for each in listed
    ]
    name_width = max((len(each.name) for each in listed), default=0)
    title_width = max((len(title) for title in titles), default=0)
    for each, title in zip(listed, titles, strict=True):
        where = "capgen's own" if each.own else str(each.folder)
        line = Text.assemble((each.name.ljust(name_width), "bold"), f"  {title.ljust(title_width)}  ",
                             (printable(where), "dim"))  # fmt: skip
        console.print(line, soft_wrap=True)


def blueprint_document(blueprint: Blueprint, told: Sequence[Diagnostic]) -> dict[str, Any]:
    """Return a blueprint with its parameters, each in the words of its schema."""
    return {
        "ok": True,
        "name": blueprint.name,
        "title": blueprint.title,
        "description": blueprint.description,
        "own": blueprint.own,
        "folder": None if blueprint.own else blueprint.folder.as_posix(),
        "parameters": [
            {
                "name": name,
                "required": name in blueprint.required,
                "secret": name in blueprint.secrets,
                "schema": schema,
            }
            for name, schema in blueprint.parameters.items()
        ],
        **diagnostics_as_json(told),
    }


def print_blueprint(console: Console, blueprint: Blueprint) -> None:
    """Print what a blueprint is, its parameters, and the command that begins with it."""
    console.print(Text.assemble((blueprint.name, "bold"), f": {printable(blueprint.title)}"), soft_wrap=True)
    for line in wrapped(Text(""), Text(printable(blueprint.description)), console):
        console.print(line, soft_wrap=True)
    for name, schema in blueprint.parameters.items():
        console.print()
        console.print(Text.assemble((name, "bold"), ("  " + "  ".join(_facts(blueprint, name)), "dim")), soft_wrap=True)
        for line in wrapped(Text("  "), Text(printable(schema["description"])), console):
            console.print(line, soft_wrap=True)


def _facts(blueprint: Blueprint, name: str) -> Iterator[str]:
    schema = blueprint.parameters[name]
    if name in blueprint.secrets:
        yield "never accepted"
        return
    yield "required" if name in blueprint.required else f"default {_text(schema['default'])}"
    if schema.get("enum"):
        yield f"one of {', '.join(map(printable, schema['enum']))}"
    if schema["type"] != "string":
        yield {"array": "a list", "integer": "a whole number"}.get(schema["type"], "true or false")
    yield f"for example {printable(example_text(schema))}"


def _text(value: Any) -> str:
    if isinstance(value, str) and value:
        return printable(value)
    return printable(",".join(value) if isinstance(value, list) and value else json.dumps(value))
