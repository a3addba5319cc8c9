"""Stages 5 to 7: plan, synth, write."""

from pathlib import Path

from capgen.diagnostics import in_reading_order
from capgen.pipeline.results import Compiled, Expected, Progress, Validated
from capgen.pipeline.validate import validate


def compile_spec(spec: Path, out: Path, progress: Progress = lambda _: None) -> Compiled:
    """Compile a spec into `out/<name>`. Raises OSError when the disk fails; what was there before is then untouched."""
    progress("validate")
    return compile_validated(validate(spec), out, progress)


def compile_validated(validated: Validated, out: Path, progress: Progress = lambda _: None) -> Compiled:
    """Do the same for a spec that was validated. What was refused is returned as it is."""
    expected = expected_files(validated, progress)
    if expected is None:
        return Compiled(validated, None, validated.diagnostics)
    from capgen.write.write import write_deployment

    progress("write")
    directory, problems = write_deployment(expected.name, expected.files, out)
    return Compiled(validated, directory, tuple(in_reading_order([*validated.diagnostics, *problems])))


def expected_files(validated: Validated, progress: Progress = lambda _: None) -> Expected | None:
    """Compile a validated spec in memory. Returns None for one that was refused."""
    if validated.model is None or validated.document is None:
        return None
    from capgen.plan.build import plan_deployment
    from capgen.synth.synthesise import synthesise
    from capgen.write.write import complete_files

    progress("plan")
    topology = plan_deployment(validated.model)
    progress("synth")
    compiled = synthesise(topology)
    return Expected(compiled.name, complete_files(compiled, validated.model, validated.document.digested))
