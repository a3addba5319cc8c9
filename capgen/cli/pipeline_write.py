"""Write a pipeline's file, or say whether the one that is there is current."""

from collections.abc import Iterable
from pathlib import Path

import typer

from capgen.cli.console import show_diagnostics
from capgen.cli.options import Exit
from capgen.diagnostics import Diagnostic, has_errors
from capgen.load import Document


def refuse(diagnostics: Iterable[Diagnostic], *documents: Document | None) -> None:
    """Show what there is to say, and end the command if an error is among it."""
    told = list(diagnostics)
    show_diagnostics(told, *documents)
    if has_errors(told):
        raise typer.Exit(Exit.REFUSED)


def write(file: Path, text: str, *, check: bool) -> None:
    """Write the file and print its name. With `check`, write nothing and end with 1 where it is another one."""
    from capgen.ci import check_file

    if not check:
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
        print(file)
        return
    checked = check_file(file, text)
    if not checked.current:
        print(checked.difference)
        refuse([_stale(file)])
    print(f"{file}: current")


def _stale(file: Path) -> Diagnostic:
    return Diagnostic(
        rule="pipeline-stale",
        message=f"{file} is not the pipeline that this command writes" if file.exists() else f"{file} is missing",
        hint="run the same command without --check, and commit the file",
    )
