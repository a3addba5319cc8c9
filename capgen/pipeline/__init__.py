"""The stages in order. docs/architecture.md numbers them; this package composes them and holds no rule of its own.

What starts Node.js or imports checkov is imported where it is used: `validate` pays for neither.
"""

from capgen.pipeline.build import build, not_built
from capgen.pipeline.compile import compile_spec, expected_files
from capgen.pipeline.diff import diff
from capgen.pipeline.results import Built, Compared, Compiled, Expected, Progress, Scanned, Validated
from capgen.pipeline.review import not_reviewed, review
from capgen.pipeline.scan import not_scanned, scan
from capgen.pipeline.validate import validate, validate_loaded, validate_text

__all__ = [
    "Built",
    "Compared",
    "Compiled",
    "Expected",
    "Progress",
    "Scanned",
    "Validated",
    "build",
    "compile_spec",
    "diff",
    "expected_files",
    "not_built",
    "not_reviewed",
    "not_scanned",
    "review",
    "scan",
    "validate",
    "validate_loaded",
    "validate_text",
]
