"""What the tests of a blueprint come to."""

from dataclasses import dataclass
from pathlib import Path

from capgen.diagnostics import Diagnostic, has_errors
from capgen.load import Document


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One test and what it has to say; with an error it failed."""

    name: str
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether the test passed."""
        return not has_errors(self.diagnostics)


@dataclass(frozen=True, kw_only=True)
class Trial:
    """The tests of one blueprint. `documents` are the files that diagnostics quote, with no secret in their text."""

    name: str
    folder: Path
    outcomes: tuple[Outcome, ...]
    documents: tuple[Document, ...] = ()

    @property
    def ok(self) -> bool:
        """Whether every test passed."""
        return all(outcome.ok for outcome in self.outcomes)
