"""The forms of a parameter file: capgen's own YAML map, and the JSON forms that CloudFormation's tools take.

| form | who uses it |
|---|---|
| `Name: value` | capgen |
| `[{"ParameterKey": "Name", "ParameterValue": "value"}]` | `aws cloudformation` create-stack, describe-stacks, deploy |
| `{"Parameters": {"Name": "value"}, "Tags": {}}` | CodePipeline, `aws cloudformation deploy` |
| `["Name=value"]` | `aws cloudformation deploy` |

https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_Parameter.html and
https://github.com/aws/aws-cli/pull/5443. JSON is YAML, so that one reader knows the line of everything.
"""

import re
from dataclasses import replace
from typing import Any

from capgen.diagnostics import Diagnostic, Severity, did_you_mean
from capgen.load import Document, SpecPath
from capgen.render.blueprint import Blueprint
from capgen.render.given import Given

_ENTRY_KEYS = ("ParameterKey", "ParameterValue", "UsePreviousValue", "ResolvedValue")
_PLAIN_SCALAR = re.compile(r"[-+.0-9A-Za-z_]+")


class FormReader:
    """Tells the forms apart and collects what the file gives; `hidden` are the paths of values that no one may see."""

    def __init__(self, document: Document, blueprint: Blueprint) -> None:
        self.given: list[Given] = []
        self.hidden: list[SpecPath] = []
        self.diagnostics: list[Diagnostic] = []
        self._document = document
        self._open = blueprint.parameters.keys() - blueprint.secrets
        self._first: dict[str, SpecPath] = {}

    def read(self) -> None:
        """Collect the parameters of whichever form the file has."""
        data: Any = self._document.data
        path: SpecPath = ()
        if isinstance(data, dict) and "Parameters" in data:
            self._note_what_else_there_is(data)
            data, path = data["Parameters"], ("Parameters",)
        if isinstance(data, dict):
            for name, value in data.items():
                self.give(name, value, (*path, name))
        elif isinstance(data, list):
            for index, entry in enumerate(data):
                self._entry(entry, (*path, index))
        else:
            self.hidden.append(path)
            self._refuse(
                path, "a parameter file is a map of names and values, or a list of CloudFormation's parameters"
            )

    def _note_what_else_there_is(self, data: dict[str, Any]) -> None:
        for key in (key for key in data if key != "Parameters"):
            message, place = f'"{key}" is not taken over: only Parameters are', self._document.key_at((key,))
            hint = "write them under tags in the spec" if key == "Tags" else None
            self.diagnostics.append(
                Diagnostic(
                    rule="parameter-file-rest", severity=Severity.WARNING, message=message, location=place, hint=hint
                )
            )

    def _entry(self, entry: Any, path: SpecPath) -> None:
        if isinstance(entry, str) and "=" in entry:
            name, _, value = entry.partition("=")
            self.give(name, value, path)
        elif isinstance(entry, dict) and isinstance(entry.get("ParameterKey"), str):
            self._cloudformation_entry(entry, path)
        else:
            self.hidden.append(path)
            self._refuse(path, "an entry of the list names no parameter", 'write "Name=value", or give a ParameterKey')

    def _cloudformation_entry(self, entry: dict[str, Any], path: SpecPath) -> None:
        name = entry["ParameterKey"]
        for key in (key for key in entry if key not in _ENTRY_KEYS):
            self.hidden.append((*path, key))
            message, hint = f'"{key}" is no key of a CloudFormation parameter', did_you_mean(key, _ENTRY_KEYS)
            self._refuse((*path, key), message, hint, allowed=", ".join(_ENTRY_KEYS))
        if name not in self._open:
            self.hidden += [(*path, key) for key in ("ParameterValue", "ResolvedValue") if key in entry]
        # describe-stacks writes the name of a Systems Manager parameter as ParameterValue, its value as ResolvedValue.
        holder = "ResolvedValue" if entry.get("ResolvedValue") is not None else "ParameterValue"
        if holder in entry or name not in self._open:
            self.give(name, entry.get(holder), (*path, holder))
        elif entry.get("UsePreviousValue") in (True, "true"):
            message = f"{name} says UsePreviousValue, and there is no previous value here"
            hint = "give its ParameterValue: aws cloudformation describe-stacks shows it"
            self._refuse((*path, "UsePreviousValue"), message, hint, name)
        else:
            self._refuse((*path, "ParameterKey"), f"{name} has no ParameterValue", name=name)

    def give(self, name: str, value: Any, path: SpecPath) -> None:
        """Collect one parameter, whose value stands at `path`."""
        if name in self._first:
            line = self._document.key_at(self._first[name]).line
            self._refuse(path, f"{name} stands here twice: first in line {line}", "remove one of them", name)
        self._first.setdefault(name, path)
        location = self._document.value_at(path)
        written: Any = None
        items: tuple[SpecPath, ...] = ()
        if name not in self._open:
            self.hidden.append(path)
            location = replace(location, length=max(len(self._document.line(location.line)) - location.column + 1, 1))
        elif isinstance(value, list):
            items = tuple((*path, index) for index in range(len(value)))
            written = [self._as_written(item, place) for item, place in zip(value, items, strict=True)]
        else:
            written = self._as_written(value, path)
        places = tuple(self._document.value_at(item) for item in items)
        self.given.append(Given(name=name, value=written, source="file", location=location, items=places))

    def _as_written(self, value: Any, path: SpecPath) -> Any:
        """Return a number or a truth value as its text in the file: to CloudFormation every scalar is text."""
        if not isinstance(value, bool | int | float):
            return value
        place = self._document.value_at(path)
        text = self._document.line(place.line)[place.column - 1 :][: place.length]
        return text if _PLAIN_SCALAR.fullmatch(text) else str(value)

    def _refuse(
        self, path: SpecPath, message: str, hint: str | None = None, name: str | None = None, allowed: str | None = None
    ) -> None:
        place = self._document.key_at(path)
        self.diagnostics.append(
            Diagnostic(
                rule="parameter-file-form", message=message, location=place, path=name, hint=hint, allowed=allowed
            )
        )
