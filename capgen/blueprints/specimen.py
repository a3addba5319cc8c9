"""One example of a blueprint, rendered, compiled and judged."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from capgen import pipeline
from capgen.blueprints.blame import blamed
from capgen.blueprints.outcome import Outcome
from capgen.diagnostics import Diagnostic, Location, has_errors
from capgen.load import Document
from capgen.render import Blueprint, collect_parameters, render_spec
from capgen.render.given import Given
from capgen.render.written_lines import trace

if TYPE_CHECKING:  # checkov is behind it
    from capgen.assess import Terms
    from capgen.pipeline import Built


@dataclass(frozen=True, kw_only=True)
class Specimen:
    """An example: its parameters, and the text of its spec, None where it does not render."""

    path: Path
    label: str
    given: Mapping[str, Given]
    values: Mapping[str, Any]
    text: str | None
    diagnostics: tuple[Diagnostic, ...]
    documents: Mapping[str, Document]


def specimen(blueprint: Blueprint, path: Path) -> Specimen:
    """Read and render an example."""
    collected = collect_parameters(blueprint, [path])
    text, told = render_spec(blueprint, collected.values) if collected.values is not None else (None, [])
    return Specimen(
        path=path,
        label=path.relative_to(blueprint.folder).as_posix(),
        given=collected.given,
        values=collected.values or {},
        text=text,
        diagnostics=(*collected.diagnostics, *told),
        documents=collected.documents,
    )


def judged(blueprint: Blueprint, example: Specimen, terms: "Terms", *, alone: bool) -> Iterator[Outcome]:
    """Yield the tests of an example, each only where the one before it passed.

    `alone` says to try what it gives for the required parameters alone too: the defaults have to be right together.
    """
    label = example.label
    if example.text is None:
        yield Outcome(name=f"{label} renders", diagnostics=example.diagnostics)
        return
    yield Outcome(name=f"{label} renders", diagnostics=example.diagnostics)
    with TemporaryDirectory(prefix="capgen-blueprint-") as folder:
        spec = Path(folder) / f"{example.path.stem}.yaml"
        spec.write_text(example.text, encoding="utf-8")
        built = pipeline.build(spec, Path(folder) / "out", terms)
        compiled = _blamed(built.compiled.diagnostics, spec, blueprint, example)
        yield Outcome(name=f"{label} compiles", diagnostics=tuple(compiled))
        if built.compiled.directory is not None:
            told = _in_the_template(_judgement(built), spec, blueprint, example)
            yield Outcome(name=f"{label} passes the scan", diagnostics=tuple(told))
    if alone and example.values.keys() - blueprint.required:
        yield Outcome(name=f"{label} validates without what has a default", diagnostics=_defaults(blueprint, example))


def _judgement(built: "Built") -> Iterator[Diagnostic]:
    """Yield what a scan says: findings that fail as errors, the rest is no matter of a blueprint's test."""
    yield from built.assessment.diagnostics
    for finding in built.assessment.failing:
        yield Diagnostic(
            rule=finding.check,
            message=f"{finding.message} ({finding.severity})",
            location=finding.spec,
            path=finding.spec_path,
            value=finding.address,
            hint=finding.fix,
            link=finding.link or None,
        )


def _defaults(blueprint: Blueprint, example: Specimen) -> tuple[Diagnostic, ...]:
    settings = {name: value for name, value in example.values.items() if name in blueprint.required}
    defaults = {name: schema["default"] for name, schema in blueprint.parameters.items() if "default" in schema}
    text, told = render_spec(blueprint, {**settings, **defaults})
    if text is None:
        return tuple(told)
    file = f"{example.label}, defaults"
    validated = pipeline.validate_text(text, file)
    bare = replace(example, values={**settings, **defaults},
                   given={name: given for name, given in example.given.items() if name in settings})  # fmt: skip
    errors = [each for each in validated.diagnostics if has_errors([each])]
    return tuple(_blamed(errors, file, blueprint, bare))


def _blamed(
    diagnostics: Iterable[Diagnostic], spec: Path | str, blueprint: Blueprint, example: Specimen
) -> list[Diagnostic]:
    """Return what is wrong with a spec at the line that supplied it: of the example, or of the template."""

    def in_the_template(diagnostic: Diagnostic, line: int | None) -> Diagnostic:
        return replace(diagnostic, location=Location(blueprint.template_name, line or 1, 1))

    return blamed(diagnostics, str(spec), blueprint, example.given, example.values, in_the_template)


def _in_the_template(
    diagnostics: Iterable[Diagnostic], spec: Path, blueprint: Blueprint, example: Specimen
) -> Iterator[Diagnostic]:
    """Yield what policy says of a spec at lines of the template: its author answers for them, whoever gave a value."""
    lines = trace(blueprint, example.values).lines
    for each in diagnostics:
        if each.location is not None and each.location.file == str(spec):
            yield replace(each, location=Location(blueprint.template_name, lines.get(each.location.line, 1), 1))
        else:
            yield each
