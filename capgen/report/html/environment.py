"""The Jinja2 environment of the page. Every text is escaped, and what does not print is shown as an escape."""

from functools import cache
from typing import Any

from capgen.report.html.filters import FILTERS, visible


@cache
def environment() -> Any:
    """Return the environment. A name that a template does not find is an error, never an empty text."""
    from jinja2 import Environment, PackageLoader, StrictUndefined  # only a report needs it

    made = Environment(loader=PackageLoader("capgen.report.html"), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True, finalize=_finalize)  # fmt: skip
    made.filters |= FILTERS
    return made


def _finalize(value: Any) -> Any:
    """Show what does not print. What is markup already was made so by a filter."""
    return visible(value) if type(value) is str else value
