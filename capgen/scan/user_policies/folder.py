"""The checks of a folder, loaded for one scan and forgotten after it."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from capgen.diagnostics import Diagnostic
from capgen.findings import FindingSeverity
from capgen.scan.engine import Engine
from capgen.scan.user_policies.error import PolicyError, problem
from capgen.scan.user_policies.graph_files import read_graph_check
from capgen.scan.user_policies.python_files import run_files

#: What a waiver can name.
_ID = re.compile(r"[A-Za-z][A-Za-z0-9_.-]{0,99}")
_OURS = "CAPGEN_"
_SEVERITIES = {
    "CRITICAL": FindingSeverity.CRITICAL,
    "HIGH": FindingSeverity.HIGH,
    "IMPORTANT": FindingSeverity.HIGH,
    "MEDIUM": FindingSeverity.MEDIUM,
    "MODERATE": FindingSeverity.MEDIUM,
    "LOW": FindingSeverity.LOW,
    "INFO": FindingSeverity.LOW,
}


@dataclass(frozen=True, kw_only=True)
class UserChecks:
    """The user's own checks: those of attributes by the kind of block that they judge, and those of the graph.

    `severities` are by the id of each of them.
    """

    attributes: Mapping[str, tuple[Any, ...]] = field(default_factory=dict)
    graph: tuple[Any, ...] = ()
    severities: Mapping[str, FindingSeverity] = field(default_factory=dict)

    def of(self, kind: str, type: str) -> list[Any]:
        """Return the checks for a type of `resource`, `data` or `provider`; a check may name types with wildcards."""
        return [
            check
            for check in self.attributes.get(kind, ())
            if any(fnmatchcase(type, pattern) for pattern in check.supported_entities)
        ]


@contextmanager
def user_checks(parts: Engine, directory: Path | None) -> Iterator[UserChecks]:
    """Load the checks of a folder and of those below it, without adding them to checkov's registries.

    Raises PolicyError when any file of it is of no use, when an id is taken, or when there is no check at all.
    """
    if directory is None:
        yield UserChecks()
        return
    if not directory.is_dir():
        raise PolicyError([Diagnostic(rule="policies-missing", message=f"there is no folder {directory}",
                                      hint="name a folder of checkov checks, in Python or YAML")])  # fmt: skip
    files = [file for file in sorted(directory.rglob("*")) if file.is_file() and not _is_hidden(file, directory)]
    python = [file for file in files if file.suffix == ".py" and not file.name.startswith("__")]
    with run_files(python) as (made, refused):
        read = {file: read_graph_check(file, parts.graph_registry)
                for file in files if file.suffix in (".yaml", ".yml", ".json")}  # fmt: skip
        graph = [(check, str(file)) for file, check in read.items() if not isinstance(check, Diagnostic)]
        problems = [*refused, *(found for found in read.values() if isinstance(found, Diagnostic))]
        problems += _judged([*((check, file) for _, check, file in made), *graph], parts)
        problems += [_useless(check, file) for registry, check, file in made if _kind(registry, parts) is None]
        if not made and not read and not problems:
            problems = [Diagnostic(rule="policies-empty", message=f"there is no check in {directory}",
                                   hint="put checkov checks there, in .py or .yaml files")]  # fmt: skip
        if problems:
            raise PolicyError(problems)
        checks = [*(check for _, check, _ in made), *(check for check, _ in graph)]
        yield UserChecks(
            attributes={kind: tuple(check for registry, check, _ in made if _kind(registry, parts) == kind)
                        for kind in parts.registries},
            graph=tuple(check for check, _ in graph),
            severities={check.id: _severity(check) or FindingSeverity.MEDIUM for check in checks},
        )  # fmt: skip


def _kind(registry: Any, parts: Engine) -> str | None:
    return next((kind for kind, known in parts.registries.items() if known is registry), None)


def _is_hidden(file: Path, directory: Path) -> bool:
    return any(part.startswith(".") or part == "__pycache__" for part in file.relative_to(directory).parts)


def _judged(checks: list[tuple[Any, str]], parts: Engine) -> Iterator[Diagnostic]:
    """Find ids that cannot be used, and severities that there are not."""
    taken = dict.fromkeys(_stock_ids(parts), "checkov's own")
    for check, file in checks:
        name = str(check.id)
        if name in taken:
            yield problem("policies-id", f"{name} is the id of another check: {taken[name]}", file, value=name,
                          hint="give the check an id of your own, such as ACME_1")  # fmt: skip
        elif name.upper().startswith(_OURS):
            yield problem("policies-id", f"{name} is an id of capgen's", file, value=name,
                          hint="give the check an id of your own, such as ACME_1")  # fmt: skip
        elif not _ID.fullmatch(name):
            yield problem("policies-id", f"no waiver could name the check {name!r}", file, value=name,
                          hint="an id has letters, digits, _, - and . and begins with a letter")  # fmt: skip
        taken.setdefault(name, f"the one in {file}")
        if _severity(check) is None and check.severity is not None:
            yield problem("policies-severity", f"{name} has a severity that there is not", file,
                          value=str(check.severity), hint="write CRITICAL, HIGH, MEDIUM or LOW")  # fmt: skip


def _useless(check: Any, file: str) -> Diagnostic:
    return problem("policies-kind", f"{check.id} judges no resource, data source or provider of Terraform", file,
                   value=str(check.id), hint="derive it from checkov's BaseResourceCheck")  # fmt: skip


def _severity(check: Any) -> FindingSeverity | None:
    return _SEVERITIES.get(str(check.severity).upper())


def _stock_ids(parts: Engine) -> Iterator[str]:
    for registry in parts.registries.values():
        yield from (str(check.id) for _, check in registry.all_checks())
    yield from (str(check.id) for check in parts.graph_registry.checks)
