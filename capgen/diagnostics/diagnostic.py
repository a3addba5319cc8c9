"""One thing that is wrong, or doubtful, in a user's input."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from capgen.diagnostics.location import Location


class Severity(StrEnum):
    """An error stops the pipeline and makes capgen exit with 1; a warning is only shown."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, kw_only=True)
class Diagnostic:
    """What is wrong, where, the value found, the values allowed, and what to do.

    `rule` is a stable id (`network-distinct-subnets`); `path` is the dotted spec path; `link` leads to the source of
    the rule. Only `rule` and `message` are always there: a file that cannot be read has no line. `sensitive` says that
    the underlined text may be a secret: whoever shows the line masks it.
    """

    rule: str
    message: str
    severity: Severity = Severity.ERROR
    location: Location | None = None
    path: str | None = None
    value: str | None = None
    allowed: str | None = None
    hint: str | None = None
    link: str | None = None
    sensitive: bool = False

    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Reading order: by file, line, column, then rule and message, so that no hash seed decides it."""
        place = self.location or Location("", 0, 0)
        return (place.file, place.line, place.column, self.rule, self.message)


def in_reading_order(diagnostics: Iterable[Diagnostic]) -> list[Diagnostic]:
    """Sort diagnostics as a reader meets them in the file, each once."""
    return sorted(dict.fromkeys(diagnostics), key=Diagnostic.sort_key)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Say whether any of the diagnostics stops the pipeline."""
    return any(diagnostic.severity is Severity.ERROR for diagnostic in diagnostics)
