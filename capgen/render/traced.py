"""Values that remember which parameter they are, so that a line of a rendered spec leads back to who supplied it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Self


@dataclass(frozen=True)
class Use:
    """A parameter, or one item of a list parameter, that a template wrote."""

    name: str
    item: int | None = None


class TracedText(str):
    """Text that behaves as text and knows its parameter."""

    __slots__ = ("use",)
    use: Use

    def __new__(cls, text: str, use: Use) -> Self:
        """Make the text."""
        made = super().__new__(cls, text)
        made.use = use
        return made


class TracedNumber(int):
    """A whole number that behaves as one and knows its parameter."""

    use: Use

    def __new__(cls, number: int, use: Use) -> Self:
        """Make the number."""
        made = super().__new__(cls, number)
        made.use = use
        return made


def traced(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return values that render as `values` do and remember their names. A truth value cannot, and stays as it is."""
    return {name: _traced(value, name) for name, value in values.items()}


def uses_of(value: Any) -> tuple[Use, ...]:
    """Return which parameters a value is, or has in it."""
    if isinstance(value, TracedText | TracedNumber):
        return (value.use,)
    return tuple(use for item in value for use in uses_of(item)) if isinstance(value, list) else ()


def _traced(value: Any, name: str, item: int | None = None) -> Any:
    if isinstance(value, str):
        return TracedText(value, Use(name, item))
    if isinstance(value, int) and not isinstance(value, bool):
        return TracedNumber(value, Use(name, item))
    return [_traced(each, name, index) for index, each in enumerate(value)] if isinstance(value, list) else value
