"""Judge a flattened root with every check, and tell each failure in capgen's words."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from capgen.diagnostics import Diagnostic, Location
from capgen.evaluate import Flattened, Origin, Place
from capgen.findings import Finding
from capgen.scan import engine
from capgen.scan.checks import Check, describe
from capgen.scan.runner import run
from capgen.scan.user_policies import PolicyError, user_checks
from capgen.scan.verdict import Verdict

Locate = Callable[[str], Location | None]

_SECTIONS = {"security": "access", "service": "agent", "secrets": "database"}


@dataclass(frozen=True, kw_only=True)
class Passed:
    """A check that a block passes."""

    check: str
    title: str
    address: str


@dataclass(frozen=True, kw_only=True)
class Scan:
    """What the checks say: those that fail, worst first, and those that pass, by address and check."""

    findings: tuple[Finding, ...]
    passed: tuple[Passed, ...]


def scan(flattened: Flattened, *, locate: Locate, policies: Path | None = None) -> Scan:
    """Judge a flattened root. `locate` finds the place of a spec path, `policies` is a folder of the user's own checks.

    Raises IncompleteScanError when not everything was judged, and PolicyError when there is something wrong with the
    user's checks.
    """
    verdicts = run(flattened, policies=policies)
    failed = (verdict for verdict in verdicts if verdict.passed is False)
    findings = sorted((_finding(verdict, flattened, locate) for verdict in failed), key=Finding.sort_key)
    passed = [
        Passed(
            check=verdict.check,
            title=_described(verdict).title,
            address=flattened.origins[verdict.block].address,
        )
        for verdict in verdicts
        if verdict.passed
    ]
    return Scan(
        findings=tuple(findings), passed=tuple(sorted(passed, key=lambda each: (each.address, each.check, each.title)))
    )


def check_policies(policies: Path | None) -> list[Diagnostic]:
    """Load a folder of the user's own checks once, and return what is wrong with it. This runs the user's code."""
    if policies is None:
        return []
    parts = engine.load()
    try:
        with engine.contained(), user_checks(parts, policies):
            return []
    except PolicyError as error:
        return list(error.diagnostics)


def _finding(verdict: Verdict, flattened: Flattened, locate: Locate) -> Finding:
    origin = flattened.origins[verdict.block]
    check = _described(verdict)
    spec_path = check.spec or section(origin.address)
    place = _place(verdict, origin)
    return Finding(
        check=verdict.check,
        severity=check.severity,
        message=check.title,
        address=origin.address,
        file=place.file,
        line=place.line,
        fix=check.fix,
        spec_path=spec_path,
        spec=locate(spec_path) if spec_path else None,
        why=check.rationale,
        link=check.link,
    )


def _described(verdict: Verdict) -> Check:
    return describe(verdict.check, verdict.name, verdict.guideline, verdict.severity,
                    verdict.block.partition(".")[0])  # fmt: skip


def _place(verdict: Verdict, origin: Origin) -> Place:
    """Return the place of the first argument that the check looked at and the block has, or the block's own."""
    names = (key.replace("[", "/").replace(".", "/").split("/")[0] for key in verdict.keys)
    return next((origin.attributes[name] for name in names if name in origin.attributes), origin.place)


def section(address: str) -> str:
    """Return the section of the spec that a block's module belongs to. Most modules are called as their section is."""
    parts = address.split(".")
    return _SECTIONS.get(parts[1], parts[1]) if parts[0] == "module" else ""
