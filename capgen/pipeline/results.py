"""What the pipeline returns."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from capgen.diagnostics import Diagnostic, has_errors
from capgen.load import Document
from capgen.model.regional import DeploymentModel

if TYPE_CHECKING:  # checkov is behind it
    from capgen.assess import Assessment
    from capgen.compare import Comparison

Progress = Callable[[str], None]
"""Told the name of each stage as it begins."""


@dataclass(frozen=True)
class Validated:
    """A spec after load, validate, model and rules. The model is there when no diagnostic is an error."""

    document: Document | None
    model: DeploymentModel | None
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Expected:
    """A spec after synth: the name of its deployment and every file of it, the manifest included."""

    name: str
    files: Mapping[str, bytes]


@dataclass(frozen=True)
class Compiled:
    """A spec after write: `directory` is out/<name>, or None when the input was refused and nothing was written."""

    validated: Validated
    directory: Path | None
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Built:
    """A spec after assess. The assessment has no region when nothing was written."""

    compiled: Compiled
    assessment: "Assessment"

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything that any stage has to say."""
        return (*self.compiled.diagnostics, *self.assessment.diagnostics)

    @property
    def ok(self) -> bool:
        """Whether the output was written, judged completely, and no finding that fails stands."""
        return self.compiled.directory is not None and self.assessment.ok


@dataclass(frozen=True)
class Compared:
    """Two trees or specs after compare. The comparison is None where one could not be read or compiled."""

    comparison: "Comparison | None"
    diagnostics: tuple[Diagnostic, ...]
    documents: tuple[Document | None, ...] = ()


@dataclass(frozen=True)
class Scanned:
    """A compiled tree that was judged, with the spec where one was named."""

    validated: Validated | None
    assessment: "Assessment"

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything that the spec or the assessment has to say."""
        return (*(self.validated.diagnostics if self.validated else ()), *self.assessment.diagnostics)

    @property
    def ok(self) -> bool:
        """Whether everything was judged and no finding that fails stands."""
        return not has_errors(self.diagnostics) and self.assessment.ok
