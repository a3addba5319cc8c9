"""The stages in order. docs/architecture.md numbers them; this module composes them and holds no rule of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

from capgen.diagnostics import Diagnostic, Location, has_errors, in_reading_order
from capgen.load import Document, load_file, load_text
from capgen.model.build import build_model
from capgen.model.regional import DeploymentModel, RegionModel
from capgen.rules.run import check_rules
from capgen.validate import validate_document

if TYPE_CHECKING:  # the stages below start Node.js or checkov: `validate` must not pay for them
    from capgen.scan import Finding, RegionScan

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
    """A spec after scan: one scan per region, none when nothing was written."""

    compiled: Compiled
    scans: tuple["RegionScan", ...]

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything that any stage has to say."""
        return (*self.compiled.diagnostics, *(found for scan in self.scans for found in scan.diagnostics))

    @property
    def findings(self) -> tuple["Finding", ...]:
        """What policy finds and no waiver covers, region by region."""
        return tuple(finding for scan in self.scans for finding in scan.findings)

    @property
    def ok(self) -> bool:
        """Whether the output was written, judged completely, and no finding stands."""
        return self.compiled.directory is not None and _passes(self.scans)


@dataclass(frozen=True)
class Scanned:
    """A compiled tree that was judged. The document is that of the spec, where one was named and can be loaded."""

    document: Document | None
    scans: tuple["RegionScan", ...]
    spec_diagnostics: tuple[Diagnostic, ...]

    @property
    def diagnostics(self) -> tuple[Diagnostic, ...]:
        """Everything that the spec or the scan has to say."""
        return (*self.spec_diagnostics, *(found for scan in self.scans for found in scan.diagnostics))

    @property
    def ok(self) -> bool:
        """Whether everything was judged and no finding stands."""
        return not has_errors(self.spec_diagnostics) and _passes(self.scans)


def _passes(scans: tuple["RegionScan", ...]) -> bool:
    return not any(scan.findings or has_errors(scan.diagnostics) for scan in scans)


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


def build(spec: Path, out: Path, progress: Progress = lambda _: None) -> Built:
    """Compile a spec, then judge what was written. checkov is imported while Node.js runs the CDK."""
    progress("validate")
    validated = validate(spec)
    if validated.model is None:
        return Built(Compiled(validated, None, validated.diagnostics), ())
    from capgen.scan import warm_up

    warming = Thread(target=warm_up, name="checkov-import")
    warming.start()
    try:
        compiled = _compile(validated, out, progress)
    finally:
        warming.join()
    if compiled.directory is None:
        return Built(compiled, ())
    from capgen.scan import scan_region

    progress("scan")
    scans = (
        scan_region(
            compiled.directory / region.values.region,
            waivers=region.values.policy.waivers,
            locate=_locator(region),
        )
        for region in validated.model.regions
    )
    return Built(compiled, tuple(scans))


def scan(directory: Path, spec: Path | None = None) -> Scanned:
    """Judge a compiled tree. With the spec that it came from, findings name the spec's lines."""
    from capgen.scan import scan_tree

    if spec is None:
        return Scanned(None, tuple(scan_tree(directory)), ())
    validated = validate(spec)
    regions = {region.values.region: region for region in validated.model.regions} if validated.model else {}
    locators = {name: _locator(region) for name, region in regions.items()}
    scans = scan_tree(directory, locators=locators) if regions else []
    return Scanned(validated.document, tuple(scans), validated.diagnostics)


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


def _locator(region: RegionModel) -> Callable[[str], Location | None]:
    """Return a function from a dotted spec path to the line that decides it in this region."""
    return lambda path: region.sources.value_at(*path.split("."))
