"""The two streams of a command: data on standard output, messages on standard error."""

import json
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from capgen.diagnostics import Diagnostic
from capgen.load import Document
from capgen.pipeline import Progress

if TYPE_CHECKING:  # checkov is behind it, and only `build` and `scan` need that
    from capgen.scan import RegionScan


def show_diagnostics(diagnostics: Iterable[Diagnostic], *documents: Document | None) -> None:
    """Print diagnostics to standard error, each with the line that it points at. Prints nothing for none."""
    found = list(diagnostics)
    if not found:
        return
    from rich.console import Console  # a good spec needs no Rich

    from capgen.report.text import render_diagnostics

    sources = {document.file: document for document in documents if document is not None}
    for place in (diagnostic.location for diagnostic in found):
        if place is not None and place.file not in sources and Path(place.file).is_file():
            sources[place.file] = _unloaded(place.file)
    render_diagnostics(found, sources, Console(stderr=True, highlight=False))


def _unloaded(file: str) -> Document:
    """Return the text of a file that is not YAML, so that the line with the mistake can still be quoted."""
    path = Path(file)
    return Document(file, path.read_text(encoding="utf-8", errors="replace"), None, {})


def print_scans(scans: Sequence["RegionScan"]) -> None:
    """Print what the scan found to standard output."""
    from rich.console import Console

    from capgen.report.findings import print_findings

    print_findings(Console(highlight=False), scans)


def print_json(data: Mapping[str, Any]) -> None:
    """Print the machine's result to standard output."""
    print(json.dumps(data, indent=2, ensure_ascii=False))


@contextmanager
def progress() -> Iterator[Progress]:
    """Show the stage that runs, on a terminal only, and nothing afterwards."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console

    with Console(stderr=True).status("start") as status:
        yield status.update
