"""Build or compile many specs and show what became of them."""

import signal
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, NoReturn

import typer

from capgen.cli.console import print_json, show_diagnostics
from capgen.cli.fleet_options import Executor, runner_of, shard_option, specs_of
from capgen.cli.fleet_progress import fleet_progress
from capgen.cli.options import Exit, Format

if TYPE_CHECKING:
    from capgen.assess import Terms
    from capgen.fleet.result import Fleet
    from capgen.fleet.task import Verb

_TERMINATED = 128 + signal.SIGTERM


def run(
    verb: "Verb",
    specs: Sequence[str],
    out: Path,
    *,
    terms: "Terms | None" = None,
    jobs: int | None = None,
    force: bool = False,
    shard: str | None = None,
    executor: Executor = Executor.LOCAL,
    scheduler: str | None = None,
    whole: bool = False,
) -> "Fleet":
    """Do something with many specs. Raises BadParameter where the options make no sense, or there is no spec."""
    from capgen.fleet.fleet import NoSpecError, run_fleet
    from capgen.fleet.options import Options
    from capgen.fleet.store import default_store

    found, part = specs_of(specs), shard_option(shard)
    runner = runner_of(jobs, executor, scheduler)
    options = Options(verb=verb, out=out, terms=terms, force=force, shard=part, whole=whole)
    try:
        with ends_cleanly(), fleet_progress() as watch:
            return run_fleet(found, options, runner, default_store(), watch)
    except NoSpecError:
        none = f"there is no deployment spec in {', '.join(specs)}"
        raise typer.BadParameter(none, param_hint="SPEC") from None


def show(fleet: "Fleet", format: Format, report: Path | None) -> Exit:
    """Print what became of a fleet, write the report where one is asked for, and return the exit code."""
    if format is Format.JSON:
        from capgen.report.fleet.document import fleet_document

        print_json(fleet_document(fleet))
    else:
        from rich.console import Console

        from capgen.report.fleet.text import print_fleet

        show_diagnostics(fleet.all_diagnostics, *(outcome.document for outcome in fleet.outcomes))
        print_fleet(Console(highlight=False), fleet)
    if report is not None:
        from capgen.report.fleet.report import write_fleet_report

        write_fleet_report(report, fleet)
        if format is Format.TEXT:
            print(f"report: {report / 'index.html'}")
    return Exit.GOOD if fleet.ok else Exit.REFUSED


@contextmanager
def ends_cleanly() -> Iterator[None]:
    """Let a termination by CI unwind as Ctrl-C does, so that workers end and half a swap is put right."""
    before = signal.signal(signal.SIGTERM, _stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _stop(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(_TERMINATED)
