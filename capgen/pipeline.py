"""The stages in order. docs/architecture.md numbers them; this module composes them and holds no rule of its own."""

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING

from capgen.diagnostics import Diagnostic, Location, has_errors, in_reading_order
from capgen.load import Document, load_file, load_text
from capgen.model.build import build_model
from capgen.model.regional import DeploymentModel, RegionModel
from capgen.rules.run import check_rules
from capgen.validate import validate_document

if TYPE_CHECKING:  # the stages below start Node.js or checkov: `validate` must not pay for them
    from capgen.assess import Assessment, Specified, Terms
    from capgen.compare import Comparison
    from capgen.gate import Review

Progress = Callable[[str], None]
"""Told the name of each stage as it begins."""


@dataclass(frozen=True)
class Validated:
    """A spec after load, validate, model and rules. The model is there when no diagnostic is an error."""

    document: Document | None
    model: DeploymentModel | None
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Compiled:
    """A spec after write: `directory` is out/<name>, or None when the input was refused and nothing was written."""

    validated: Validated
    directory: Path | None
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Built:
    """A spec after assess. The assessment has no region when nothing was written."""

    compiled: Compiled
    assessment: "Assessment"

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything that any stage has to say."""
        return (*self.compiled.diagnostics, *self.assessment.diagnostics)

    @property
    def ok(self) -> bool:
        """Whether the output was written, judged completely, and no finding that fails stands."""
        return self.compiled.directory is not None and self.assessment.ok


@dataclass(frozen=True)
class Compared:
    """Two trees or specs after compare. The comparison is None where one could not be read or compiled."""

    comparison: "Comparison | None"
    diagnostics: tuple[Diagnostic, ...]
    documents: tuple[Document | None, ...] = ()


@dataclass(frozen=True)
class Scanned:
    """A compiled tree that was judged, with the spec where one was named."""

    validated: Validated | None
    assessment: "Assessment"

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything that the spec or the assessment has to say."""
        return (*(self.validated.diagnostics if self.validated else ()), *self.assessment.diagnostics)

    @property
    def ok(self) -> bool:
        """Whether everything was judged and no finding that fails stands."""
        return not has_errors(self.diagnostics) and self.assessment.ok


def validate(spec: Path) -> Validated:
    """Load a spec and find everything that is wrong with it, all at once. Starts neither the CDK nor checkov."""
    return _validated(*load_file(spec))


def validate_text(text: str, name: str) -> Validated:
    """Do the same for the text of a spec that is in no file yet; `name` stands for the file in messages."""
    return _validated(*load_text(text, name))


def _validated(document: Document | None, diagnostics: list[Diagnostic]) -> Validated:
    if document is None or has_errors(diagnostics):
        return Validated(document, None, tuple(in_reading_order(diagnostics)))
    diagnostics += validate_document(document)
    if has_errors(diagnostics):
        return Validated(document, None, tuple(in_reading_order(diagnostics)))
    model, missing = build_model(document)
    diagnostics += missing
    if model is not None:
        diagnostics += check_rules(model)
    found = tuple(in_reading_order(diagnostics))
    return Validated(document, None if has_errors(found) else model, found)


def compile_spec(spec: Path, out: Path, progress: Progress = lambda _: None) -> Compiled:
    """Compile a spec into `out/<name>`. Raises OSError when the disk fails; what was there before is then untouched."""
    progress("validate")
    return _compile(validate(spec), out, progress)


def build(spec: Path, out: Path, terms: "Terms", progress: Progress = lambda _: None) -> Built:
    """Compile a spec, then judge what was written. checkov is imported while Node.js runs the CDK."""
    from capgen.assess import Assessment, assess_tree
    from capgen.scan import warm_up

    progress("validate")
    validated = validate(spec)
    nothing = Assessment(terms=terms)
    if validated.model is None:
        return Built(Compiled(validated, None, validated.diagnostics), nothing)
    warming = Thread(target=warm_up, name="checkov-import")
    warming.start()
    try:
        compiled = _compile(validated, out, progress)
    finally:
        warming.join()
    if compiled.directory is None:
        return Built(compiled, nothing)
    progress("scan")
    return Built(compiled, assess_tree(compiled.directory, terms=terms, locators=_locators(validated.model)))


def not_built(terms: "Terms", diagnostics: Iterable[Diagnostic]) -> Built:
    """Return what is known where the terms themselves were refused: nothing was compiled or judged."""
    from capgen.assess import Assessment

    told = tuple(in_reading_order(diagnostics))
    return Built(Compiled(Validated(None, None, told), None, told), Assessment(terms=terms))


def not_scanned(terms: "Terms", diagnostics: Iterable[Diagnostic]) -> Scanned:
    """Return what is known where the terms themselves were refused: nothing was judged."""
    from capgen.assess import Assessment

    return Scanned(Validated(None, None, tuple(in_reading_order(diagnostics))), Assessment(terms=terms))


def scan(directory: Path, terms: "Terms", spec: Path | None = None) -> Scanned:
    """Judge a compiled tree. With the spec that it came from, findings name its lines, and its waivers and flows count.

    Without it, those that the tree itself carries do.
    """
    from capgen.assess import Assessment, assess_tree

    if spec is None:
        return Scanned(None, assess_tree(directory, terms=terms))
    validated = validate(spec)
    if validated.model is None:
        return Scanned(validated, Assessment(terms=terms))
    locators = _locators(validated.model)
    assessment = assess_tree(
        directory, terms=terms, locators=locators, spec=_specified(validated.model, validated.document)
    )
    return Scanned(validated, assessment)


def diff(old: Path, new: Path, progress: Progress = lambda _: None) -> Compared:
    """Compare two compiled trees, two specs, or one with the other. A spec is compiled into a temporary folder.

    Policy is not asked. A spec is held against its own deployment in a folder of deployments.
    """
    from capgen.assess import evaluate_tree
    from capgen.compare import compare

    with TemporaryDirectory(prefix="capgen-diff-") as folder:
        given = {index: path for index, path in enumerate((old, new)) if _is_spec(path)}
        compiled = {index: compile_spec(path, Path(folder) / str(index), progress) for index, path in given.items()}
        documents = tuple(each.validated.document for each in compiled.values())
        told = tuple(diagnostic for each in compiled.values() for diagnostic in each.diagnostics)
        if has_errors(told):
            return Compared(None, told, documents)
        names = [each.directory.name for each in compiled.values() if each.directory is not None]
        trees = [compiled[index].directory or path if index in compiled else _deployment(path, names)
                 for index, path in enumerate((old, new))]  # fmt: skip
        progress("compare")
        sides = [evaluate_tree(tree) for tree in trees]
    told += tuple(diagnostic for side in sides for region in side for diagnostic in region.diagnostics)
    if has_errors(told):
        return Compared(None, told, documents)
    roots = all(any(path.glob("*.tf.json")) for path in (old, new))
    return Compared(compare(*sides, one_root=roots), told, documents)


def _is_spec(path: Path) -> bool:
    return path.is_file() or (not path.is_dir() and path.suffix in (".yaml", ".yml"))


def _deployment(path: Path, names: list[str]) -> Path:
    """Return the one deployment of a folder that has one of these names, or the folder."""
    return next((path / name for name in names if (path / name).is_dir()), path)


def review(
    plan: Path,
    terms: "Terms",
    *,
    tree: Path | None = None,
    allow: Sequence[str] = (),
    progress: Progress = lambda _: None,
) -> "Review":
    """Judge the JSON of a Terraform plan. `tree` is the compiled root that it was made from."""
    progress("review")
    from capgen.gate import review_plan

    return review_plan(plan, terms, tree=tree, allow=allow)


def not_reviewed(plan: Path, terms: "Terms", diagnostics: Iterable[Diagnostic]) -> "Review":
    """Return what is known where the terms themselves were refused: nothing was judged."""
    from capgen.assess import Assessment
    from capgen.compare import RegionChanges
    from capgen.gate import Review

    return Review(plan=plan.name, assessment=Assessment(terms=terms), region=RegionChanges(region=plan.stem),
                  diagnostics=tuple(in_reading_order(diagnostics)))  # fmt: skip


def _compile(validated: Validated, out: Path, progress: Progress) -> Compiled:
    if validated.model is None or validated.document is None:
        return Compiled(validated, None, validated.diagnostics)
    from capgen.plan.build import plan_deployment
    from capgen.synth.synthesise import synthesise
    from capgen.write.write import write_deployment

    progress("plan")
    topology = plan_deployment(validated.model)
    progress("synth")
    compiled = synthesise(topology)
    progress("write")
    directory, problems = write_deployment(compiled, validated.model, validated.document.data, out)
    return Compiled(validated, directory, tuple(in_reading_order([*validated.diagnostics, *problems])))


def _specified(model: DeploymentModel, document: Document | None) -> "Specified":
    """Return what each region's policy.json should say, as it would be read."""
    from capgen.assess import Specified
    from capgen.write.manifest import spec_digest
    from capgen.write.policy import policy
    from capgen.write.terraform_files import canonical_json

    regions = {region.values.region: json.loads(canonical_json(policy(region))) for region in model.regions}
    return Specified(deployment=model.name, digest=spec_digest(document.data if document else None), regions=regions)


def _locators(model: DeploymentModel) -> dict[str, Callable[[str], Location | None]]:
    """Return, for each region, a function from a dotted spec path to the line that decides it there."""
    return {region.values.region: _locator(region) for region in model.regions}


def _locator(region: RegionModel) -> Callable[[str], Location | None]:
    def locate(path: str) -> Location:
        parts = (int(part) if part.isdecimal() else part for part in path.split("."))
        return region.sources.value_at(*parts)

    return locate
