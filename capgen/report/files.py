"""How reports name the files that findings and messages point at: relative to the working directory."""

import os
import posixpath
from urllib.parse import quote

from capgen.assess import POLICY_FILE, Assessment
from capgen.diagnostics import Diagnostic


def compiled_file(assessment: Assessment, file: str) -> str:
    """Return the path of a file that the assessment names relative to what was assessed."""
    return posixpath.normpath(posixpath.join(assessment.base, file))


def diagnostic_file(assessment: Assessment, diagnostic: Diagnostic) -> str | None:
    """Return the path of the file that a diagnostic of an assessment points at, if it points at one.

    What is told about a region stands in the compiled tree; a waiver stands in the spec, in a shared file or in the
    policy file of a region.
    """
    if diagnostic.location is None:
        return None
    file = diagnostic.location.file
    told_of_a_region = any(diagnostic in region.diagnostics for region in assessment.regions)
    if told_of_a_region or file in _policy_files(assessment):
        return compiled_file(assessment, file)
    return file


def _policy_files(assessment: Assessment) -> set[str]:
    return {POLICY_FILE, *(f"{region.name}/{POLICY_FILE}" for region in assessment.regions)}


def relative_uri(path: str) -> str | None:
    """Return the URI reference of a path below the working directory, or None for one that lies elsewhere."""
    inside = os.path.relpath(path) if posixpath.isabs(path) else posixpath.normpath(path)
    return None if inside.split("/")[0] == ".." else _quoted(inside)


def absolute_uri(path: str) -> str:
    """Return the file URI of a path."""
    return "file://" + _quoted(os.path.abspath(path))  # noqa: PTH100 : Path.resolve would follow links


def _quoted(path: str) -> str:
    return quote(path, safe="/", errors="surrogatepass")
