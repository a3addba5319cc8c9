"""The Jinja2 environment of the pipelines' files.

Its brackets are ones that neither a shell, nor YAML, nor GitHub's expressions use. What a user chose is emitted as
JSON, which is YAML too, or quoted for the shell.
"""

import json
import shlex
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any


@cache
def _environment(package: str) -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader(package),
        undefined=StrictUndefined,
        variable_start_string="<{", variable_end_string="}>",
        block_start_string="<%", block_end_string="%>",
        comment_start_string="<#", comment_end_string="#>",
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701  # YAML: each value goes through one of the filters below
    )  # fmt: skip
    environment.filters["json"] = json.dumps
    environment.filters["shell"] = shell
    environment.filters["expression"] = _expression
    environment.filters["gitlab"] = lambda text: str(text).replace("$", "$$")  # GitLab expands variables there
    return environment


def render(package: str, name: str, values: Mapping[str, Any]) -> str:
    """Render a template of the package's `templates` folder. A name that it does not know is an error."""
    text: str = _environment(package).get_template(name).render(values)
    return text


def shell(words: Iterable[str]) -> str:
    """Return words as a shell reads them again."""
    return shlex.join(words)


def _expression(text: str) -> str:
    """Return a text as a string of GitHub's expressions."""
    return "'" + text.replace("'", "''") + "'"
