"""`capgen diff`."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from capgen import pipeline
from capgen.cli.console import print_json, progress, show_diagnostics
from capgen.cli.disk import disk_problem
from capgen.cli.options import ChangesFormat, Exit

if TYPE_CHECKING:
    from capgen.compare import Comparison

_SIDE = "A spec, or what capgen wrote: a root, a deployment, or a folder of deployments."


def diff_command(
    old: Annotated[Path, typer.Argument(metavar="OLD", help=f"What is. {_SIDE}")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="What will be. As OLD.")],
    format: Annotated[
        ChangesFormat, typer.Option("--format", "-f", help="How to print the changes.")
    ] = ChangesFormat.TEXT,
) -> None:
    """Tell what changes, by its consequences: data lost, who can connect, who may do what.

    Exit codes:

    0: nothing changes.

    1: something changes.

    2: OLD or NEW cannot be read or compiled, so nothing is known.

    3: a database, file system, bucket, key or secret is replaced or destroyed,
    or the whole Internet is let in where it was not.
    """
    try:
        with progress() as show:
            compared = pipeline.diff(old, new, show)
    except OSError as error:
        show_diagnostics([disk_problem(error)])
        raise typer.Exit(Exit.USAGE) from None
    if format is ChangesFormat.JSON:
        from capgen.report.changes import changes_document

        print_json(changes_document(compared))
    else:
        show_diagnostics(compared.diagnostics, *compared.documents)
        if compared.comparison is not None:
            _print(compared.comparison, format)
    raise typer.Exit(_exit(compared.comparison))


def _print(comparison: "Comparison", format: ChangesFormat) -> None:
    if format is ChangesFormat.MARKDOWN:
        from capgen.report.changes_markdown import comparison_markdown

        print(comparison_markdown(comparison))
        return
    from rich.console import Console

    from capgen.report.changes import print_changes

    print_changes(Console(highlight=False), comparison)


def _exit(comparison: "Comparison | None") -> Exit:
    if comparison is None:
        return Exit.USAGE
    if comparison.dangerous:
        return Exit.DANGEROUS
    return Exit.GOOD if comparison.equal else Exit.REFUSED
