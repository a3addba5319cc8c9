"""`capgen build` and `capgen compile`."""

from pathlib import Path

import typer

from capgen import pipeline
from capgen.cli.console import print_assessment, print_json, progress, show_diagnostics
from capgen.cli.fleet_options import (
    Executor,
    ExecutorOption,
    ForceOption,
    JobsOption,
    SchedulerOption,
    ShardOption,
    SpecsArgument,
    is_one,
)
from capgen.cli.options import (
    Exit,
    FailOnOption,
    Format,
    FormatOption,
    Level,
    OutOption,
    PoliciesOption,
    ReportOption,
    TodayOption,
    WaiversOption,
)
from capgen.cli.terms import terms_of

_OUT = Path("out")


def build_command(
    specs: SpecsArgument,
    today: TodayOption,
    out: OutOption = _OUT,
    waivers: WaiversOption = None,
    policies: PoliciesOption = None,
    fail_on: FailOnOption = Level.LOW,
    report: ReportOption = None,
    jobs: JobsOption = None,
    force: ForceOption = False,
    shard: ShardOption = None,
    executor: ExecutorOption = Executor.LOCAL,
    scheduler: SchedulerOption = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Compile specs into Terraform, then judge it. Fails on findings that no waiver covers."""
    terms, refused = terms_of(today, waivers, policies, fail_on)
    if is_one(specs, shard, scheduler, executor) or refused:
        if refused:
            built = pipeline.not_built(terms, refused)
        else:
            with progress() as show_stage:
                built = pipeline.build(Path(specs[0]), out, terms, show_stage)
        raise typer.Exit(_show_built(built, format, report))
    from capgen.cli.fleet import run, show
    from capgen.fleet.task import Verb

    fleet = run(Verb.BUILD, specs, out, terms=terms, jobs=jobs, force=force, shard=shard, executor=executor,
                scheduler=scheduler, whole=report is not None)  # fmt: skip
    raise typer.Exit(show(fleet, format, report))


def _show_built(built: pipeline.Built, format: Format, report: Path | None) -> Exit:
    if format is Format.JSON:
        from capgen.report.results import built_document

        print_json(built_document(built))
    else:
        show_diagnostics(built.diagnostics, built.compiled.validated.document)
        if built.compiled.directory is not None:
            print_assessment(built.assessment, report)
            print(built.compiled.directory)
    if report is not None:
        from capgen.report.write import write_report

        write_report(report, built.assessment, built.compiled.validated, diagnostics=built.compiled.diagnostics)
        if format is Format.TEXT:
            print(f"report: {report / 'index.html'}")
    return Exit.GOOD if built.ok else Exit.REFUSED


def compile_command(
    specs: SpecsArgument,
    out: OutOption = _OUT,
    jobs: JobsOption = None,
    force: ForceOption = False,
    shard: ShardOption = None,
    executor: ExecutorOption = Executor.LOCAL,
    scheduler: SchedulerOption = None,
    format: FormatOption = Format.TEXT,
) -> None:
    """Compile specs into Terraform without judging it."""
    if not is_one(specs, shard, scheduler, executor):
        from capgen.cli.fleet import run, show
        from capgen.fleet.task import Verb

        fleet = run(Verb.COMPILE, specs, out, jobs=jobs, force=force, shard=shard, executor=executor,
                    scheduler=scheduler)  # fmt: skip
        raise typer.Exit(show(fleet, format, None))
    with progress() as show_stage:
        compiled = pipeline.compile_spec(Path(specs[0]), out, show_stage)
    if format is Format.JSON:
        from capgen.report.results import compiled_document

        print_json(compiled_document(compiled))
    else:
        show_diagnostics(compiled.diagnostics, compiled.validated.document)
        if compiled.directory is not None:
            print(compiled.directory)
    raise typer.Exit(Exit.GOOD if compiled.directory is not None else Exit.REFUSED)
