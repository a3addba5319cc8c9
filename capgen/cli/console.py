"""The two streams of a command: data on standard output, messages on standard error."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from capgen.diagnostics import Diagnostic
from capgen.load import Document
from capgen.pipeline import Progress

if TYPE_CHECKING:  # checkov is behind it, and only `build` and `scan` need that
    from capgen.assess import Assessment


def show_diagnostics(diagnostics: Iterable[Diagnostic], *documents: Document | None) -> None:
    """Print diagnostics to standard error, each with the line that it points at. Prints nothing for none."""
    found = list(diagnostics)
    if not found:
        return
    from rich.console import Console  # a good spec needs no Rich

    from capgen.report.text import render_diagnostics

    sources = {part.file: part for document in documents if document is not None for part in document.parts}
    for place in (diagnostic.location for diagnostic in found):
        if place is not None and place.file not in sources and Path(place.file).is_file():
            sources[place.file] = _unloaded(place.file)
    render_diagnostics(found, sources, Console(stderr=True, highlight=False))


def _unloaded(file: str) -> Document:
    """Return the text of a file that is not YAML, so that the line with the mistake can still be quoted."""
    path = Path(file)
    return Document(file, path.read_text(encoding="utf-8", errors="replace"), None, {})


def print_assessment(assessment: "Assessment", report: Path | None) -> None:
    """Print what policy finds to standard output, of which `report`, where one is written, has all the rest."""
    from rich.console import Console

    from capgen.report.findings import print_findings

    print_findings(Console(highlight=False), assessment, reported=report is not None)


def print_json(data: Mapping[str, Any]) -> None:
    """Print the machine's result to standard output."""
    from capgen.report.json import json_text

    print(json_text(data))


@contextmanager
def progress() -> Iterator[Progress]:
    """Show the stage that runs, on a terminal only, and nothing afterwards."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("start") as status:
        yield status.update
