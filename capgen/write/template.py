"""The Jinja2 environment for the Markdown that goes with the output."""

from functools import cache
from typing import Any


@cache
def template(name: str) -> Any:
    """Return a template of capgen/write/templates. A name that it does not know is an error, never an empty text."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # 0.1 s, and only the write stage needs it

    environment = Environment(
        loader=PackageLoader("capgen.write"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701  # Markdown for a repository, not a page that a browser runs
    )
    environment.filters["cell"] = lambda text: " ".join(str(text).split()).replace("|", "\\|")
    return environment.get_template(name)
