"""`capgen policies`."""

from pathlib import Path
from typing import Annotated

import typer

from capgen.cli.console import print_json, show_diagnostics
from capgen.cli.options import Exit, Format, FormatOption
from capgen.diagnostics import Diagnostic, did_you_mean


def policies_command(
    id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="A check, such as CAPGEN_2 or CKV_AWS_16: everything about it.")
    ] = None,
    directory: Annotated[
        bool,
        typer.Option("--directory", help="Print where capgen's policies lie, for checkov --external-checks-dir."),
    ] = False,
    format: FormatOption = Format.TEXT,
) -> None:
    """List what capgen judges by, or tell all about one check."""
    if directory:
        from capgen.scan import policies

        print(Path(policies.__path__[0]) / "external")
        return
    from rich.console import Console

    from capgen.report import policies as report

    if id is not None and id not in report.known_policies():
        show_diagnostics([_unknown(id, report.known_policies())])
        raise typer.Exit(Exit.REFUSED)
    if format is Format.JSON:
        print_json(report.policies_document() if id is None else report.policy_document(id))
    elif id is None:
        report.print_policies(Console(highlight=False))
    else:
        report.print_policy(Console(highlight=False), id)


def _unknown(id: str, known: tuple[str, ...]) -> Diagnostic:
    return Diagnostic(
        rule="policies-unknown",
        message=f"there is no check {id} among capgen's own and those of checkov that apply to what it emits",
        value=id,
        hint=did_you_mean(id, known) or "capgen policies lists them",
    )
