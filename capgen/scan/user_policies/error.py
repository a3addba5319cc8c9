"""What is wrong with the user's own checks."""

from collections.abc import Iterable

from capgen.diagnostics import Diagnostic, Location, in_reading_order

_GUIDE = "https://www.checkov.io/3.Custom%20Policies/Custom%20Policies%20Overview.html"


class PolicyError(Exception):
    """The user's own checks cannot be used. `diagnostics` say what is wrong with each file."""

    def __init__(self, diagnostics: Iterable[Diagnostic]) -> None:
        self.diagnostics = tuple(in_reading_order(diagnostics))
        super().__init__("; ".join(diagnostic.message for diagnostic in self.diagnostics))


def problem(
    rule: str, message: str, file: str, line: int = 1, column: int = 1, *, value: str | None = None, hint: str
) -> Diagnostic:
    """Say what is wrong with a file of checks."""
    return Diagnostic(rule=rule, message=message, location=Location(file, line, column), value=value, hint=hint,
                      link=_GUIDE)  # fmt: skip
