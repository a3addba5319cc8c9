"""What a pipeline is like: the choices of its owner, none of which may break out of the file that is written."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import PurePosixPath

from capgen import __version__
from capgen.diagnostics import Diagnostic

ENVIRONMENT = "{environment}-{region}"
"""The default name of the environment that guards a region's apply."""

PLACEHOLDERS = ("deployment", "environment", "region", "account")
"""What `--environment-name` may name."""

_VERSION = re.compile(r"[0-9A-Za-z.*~<>=, -]{1,40}")
_BRANCH = re.compile(r"(?!-)[A-Za-z0-9._/-]{1,200}")
_IMAGE = re.compile(r"[A-Za-z0-9._/:@-]{1,300}")
_LABEL = re.compile(r"[A-Za-z0-9._-]{1,100}")
_REQUIREMENT = re.compile(r"(?!-).+")
_PIN = re.compile(r"[0-9a-f]{40}")


class Platform(StrEnum):
    """A CI service."""

    GITHUB = "github"
    GITLAB = "gitlab"


class Tool(StrEnum):
    """The command that plans and applies."""

    TERRAFORM = "terraform"
    TOFU = "tofu"


@dataclass(frozen=True, kw_only=True)
class PipelineOptions:
    """The choices. Paths are relative to the repository's root; `judging` are options of build, scan and review."""

    specs: tuple[str, ...] = (".",)
    out: str = "out"
    default_branch: str = "main"
    tool: Tool = Tool.TERRAFORM
    tool_version: str | None = None
    python_version: str = "3.12"
    requirement: str = f"capgen=={__version__}"
    environment_name: str = ENVIRONMENT
    judging: tuple[str, ...] = ()
    allowances: str = "allowed-changes.txt"
    retention_days: int = 3
    runner: str = "ubuntu-latest"
    pins: Mapping[str, str] = field(default_factory=dict)
    code_scanning: bool = True
    image: str | None = None
    tool_image: str | None = None


def problems(options: PipelineOptions, file: str, actions: frozenset[str] = frozenset()) -> list[Diagnostic]:
    """Return what no file may be written with. `file` is the one to write, `actions` are those that can be pinned."""
    return [*_paths(options, file), *_texts(options, file), *_forms(options, actions)]


def _paths(options: PipelineOptions, file: str) -> Iterator[Diagnostic]:
    for path in (*options.specs, options.out, options.allowances, file):
        if not path or PurePosixPath(path).is_absolute() or ".." in PurePosixPath(path).parts or path.startswith("-"):
            yield Diagnostic(
                rule="pipeline-path", message="a path lies outside the repository", value=path,
                allowed="a path relative to the repository's root, in which the pipeline runs",
                hint="run capgen pipeline in the repository's root",
            )  # fmt: skip


def _texts(options: PipelineOptions, file: str) -> Iterator[Diagnostic]:
    values = (*options.specs, options.out, options.allowances, file, options.requirement, options.environment_name,
              *options.judging)  # fmt: skip
    for value in values:
        if not value.isprintable() or "${{" in value:
            yield Diagnostic(
                rule="pipeline-text", message="a value would be more than text in the file", value=repr(value)[1:-1],
                allowed="printable text on one line, without GitHub's ${{",
            )  # fmt: skip


def _forms(options: PipelineOptions, actions: frozenset[str]) -> Iterator[Diagnostic]:
    forms = [
        ("default-branch", _BRANCH, options.default_branch), ("tool-version", _VERSION, options.tool_version),
        ("python-version", _VERSION, options.python_version), ("runner", _LABEL, options.runner),
        ("image", _IMAGE, options.image), ("tool-image", _IMAGE, options.tool_image),
        ("requirement", _REQUIREMENT, options.requirement),
    ]  # fmt: skip
    for name, form, value in forms:
        if value is not None and not form.fullmatch(value):
            yield Diagnostic(rule="pipeline-form", message=f"--{name} is not one", value=value, allowed=form.pattern)
    rest = re.sub(rf"\{{({'|'.join(PLACEHOLDERS)})\}}", "", options.environment_name)
    if not options.environment_name or "{" in rest or "}" in rest:
        yield Diagnostic(
            rule="pipeline-form", message="--environment-name has a placeholder that there is not",
            value=options.environment_name, allowed=", ".join(f"{{{name}}}" for name in PLACEHOLDERS),
        )  # fmt: skip
    for action, commit in options.pins.items():
        if action not in actions:
            yield Diagnostic(rule="pipeline-pin", message="the workflow uses no such action", value=action,
                             allowed=", ".join(sorted(actions)))  # fmt: skip
        elif not _PIN.fullmatch(commit):
            yield Diagnostic(rule="pipeline-pin", message=f"{action} is not pinned to a commit", value=commit,
                             allowed="a full commit id: 40 characters, 0-9 and a-f",
                             link="https://docs.github.com/en/actions/reference/security/secure-use")  # fmt: skip
