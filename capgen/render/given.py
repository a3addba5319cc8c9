"""A parameter as a user gave it, before anyone judged it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from capgen.diagnostics import Diagnostic, Location


@dataclass(frozen=True, kw_only=True)
class Given:
    """A name, a value and where both were written. `items` are the places of a list's items; `--set` has no place.

    The value is left out of the representation: it may be a secret, and a traceback must not print one.
    """

    name: str
    value: Any = field(repr=False)
    source: Literal["file", "set"]
    location: Location | None = None
    items: tuple[Location, ...] = ()

    def place(self, item: int | None = None) -> Location | None:
        """Return where the value stands, or one item of it."""
        return self.items[item] if item is not None and item < len(self.items) else self.location


def given_by_settings(settings: Iterable[str]) -> tuple[list[Given], list[Diagnostic]]:
    """Read `NAME=VALUE` texts, as `--set` takes them. A text without `=` is not echoed: it may be a secret."""
    given: list[Given] = []
    diagnostics: list[Diagnostic] = []
    for number, setting in enumerate(settings, start=1):
        name, equals, value = setting.partition("=")
        if equals and name:
            given.append(Given(name=name, value=value, source="set"))
        else:
            message = f"number {number} of the --set options does not have the form NAME=VALUE"
            diagnostics.append(
                Diagnostic(rule="parameter-set-form", message=message, hint="for example --set DBName=aispark")
            )
    return given, diagnostics
