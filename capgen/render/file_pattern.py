"""The name of a file, made of a spec's parameters: `specs/{StackName}-{Region}.yaml`."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from capgen.diagnostics import Diagnostic, did_you_mean
from capgen.render.blueprint import Blueprint
from capgen.validate.words import shown

_PLACE = re.compile(r"\{([^{}]*)\}")
_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 200
"""Characters of one part of a path: file systems allow 255 bytes, and the staged file has a few more."""


@dataclass(frozen=True)
class FilePattern:
    """A pattern whose placeholders are all parameters. None stands for `<name>.yaml`, in `folder`."""

    text: str | None
    folder: Path = Path()

    def path(self, values: Mapping[str, Any], deployment: str) -> Path:
        """Return the path for one spec.

        Of a value, everything but letters, digits and `.`, `_`, `-` becomes a hyphen, and none of these stands first
        or last: so a value never adds a folder, leaves one or hides a file. A part that comes out empty is `_`.
        """
        if self.text is None:
            return self.folder / f"{_safe(deployment)}.yaml"
        return Path(_PLACE.sub(lambda match: _safe(str(values[match[1]])), self.text))


def file_pattern(output: str | None, blueprint: Blueprint) -> tuple[FilePattern | None, list[Diagnostic]]:
    """Read a pattern, or the name of a folder (one that exists, or ends with /); or say what is wrong with it."""
    if output is None:
        return FilePattern(None), []
    if not _PLACE.search(output) and (output.endswith("/") or Path(output).is_dir()):
        return FilePattern(None, Path(output)), []
    usable = [name for name, schema in blueprint.parameters.items()
              if name not in blueprint.secrets and schema.get("type") != "array"]  # fmt: skip
    problems = [_unknown(name, usable) for name in dict.fromkeys(_PLACE.findall(output)) if name not in usable]
    if re.search(r"[{}]", _PLACE.sub("", output)):
        problems.append(Diagnostic(rule="init-output", message="a brace of the pattern has no counterpart",
                                   value=shown(output), hint="for example specs/{StackName}.yaml"))  # fmt: skip
    if not problems and not _PLACE.search(output):
        hint = "name a folder (specs/), or put parameters into the name: specs/{StackName}.yaml"
        problems.append(Diagnostic(rule="init-output", message="one file cannot hold the spec of every row",
                                   value=shown(output), hint=hint))  # fmt: skip
    return (None if problems else FilePattern(output)), problems


def _unknown(name: str, usable: Collection[str]) -> Diagnostic:
    return Diagnostic(
        rule="init-output",
        message="the pattern has a name that is no parameter of one value",
        value=shown(name),
        allowed=", ".join(usable),
        hint=did_you_mean(name, usable),
    )


def _safe(text: str) -> str:
    return _UNSAFE.sub("-", text)[:_LONGEST].strip("-._") or "_"
