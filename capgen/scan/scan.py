"""Scan a region's root, or a whole tree of deployments."""

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

from capgen.diagnostics import Diagnostic, Location, has_errors, in_reading_order
from capgen.model.policy import Waiver
from capgen.scan.checks import describe
from capgen.scan.finding import Finding
from capgen.scan.flatten import Flattened, Origin, flatten
from capgen.scan.own_checks import judge
from capgen.scan.runner import IncompleteScanError, Verdict, run
from capgen.scan.tree import JSON_FILE, UNREAD_FILES, Place, Tree
from capgen.scan.waivers import POLICY_FILE, apply_waivers, read_waivers

Locate = Callable[[str], Location | None]

_MODULES = "modules"
_SECTIONS = {"security": "access", "service": "agent", "secrets": "database"}


@dataclass(frozen=True, kw_only=True)
class RegionScan:
    """What policy says about one region. With an error among the diagnostics nothing was judged.

    `passed` counts the checks that passed, `resources` what was judged. Unused waivers match no finding.
    """

    region: str
    findings: tuple[Finding, ...] = ()
    waived: tuple[Finding, ...] = ()
    unused_waivers: tuple[Waiver, ...] = ()
    passed: int = 0
    resources: int = 0
    diagnostics: tuple[Diagnostic, ...] = ()

    @property
    def judged(self) -> bool:
        """Say whether policy was asked at all."""
        return not has_errors(self.diagnostics)


def nowhere(_spec_path: str) -> None:
    """Find no place: there is no spec."""


def scan_region(
    root: Path,
    *,
    waivers: Sequence[Waiver],
    locate: Locate = nowhere,
    base: Path | None = None,
    region: str | None = None,
) -> RegionScan:
    """Judge a region's root and the modules it calls, all of which lie in the folder above it.

    `locate` finds the place of a spec path. File names are relative to `base`, by default the folder above the root.
    """
    name = region or root.resolve().name
    tree = Tree(base=base or root.resolve().parent, boundary=root.resolve().parent)
    flattened = flatten(tree.directory(root), tree)
    scan = RegionScan(region=name, resources=len(flattened.resources))
    if has_errors(tree.diagnostics):
        return replace(scan, diagnostics=tuple(in_reading_order(tree.diagnostics)))
    try:
        verdicts = [*run(flattened), *judge(flattened)]
    except IncompleteScanError as error:
        tree.refuse("scan-incomplete", f"region {name} was not judged: {error}", tree.directory(root).place())
        return replace(scan, diagnostics=tuple(in_reading_order(tree.diagnostics)))
    failed = (verdict for verdict in verdicts if verdict.passed is False)
    findings = sorted((_finding(verdict, flattened, locate) for verdict in failed), key=Finding.sort_key)
    standing, waived, unused = apply_waivers(findings, waivers)
    return replace(
        scan,
        findings=tuple(standing),
        waived=tuple(waived),
        unused_waivers=tuple(unused),
        passed=sum(verdict.passed is True for verdict in verdicts),
        diagnostics=tuple(in_reading_order(tree.diagnostics)),
    )


def scan_tree(
    path: Path, *, locate: Locate = nowhere, locators: Mapping[str, Locate] = MappingProxyType({})
) -> list[RegionScan]:
    """Judge every region under a folder: a region's root, a deployment, or a folder of deployments.

    The waivers are those that the roots carry. File names are relative to `path`. `locators` are by the name of a
    region's folder, for specs whose regions override values; `locate` serves the other regions.
    """
    if _MODULES in path.resolve().parts[-2:]:
        return [RegionScan(region=path.name, diagnostics=(_module(path),))]
    scans = [_with_own_waivers(root, path, locators.get(root.resolve().name, locate)) for root in _roots(path)]
    if scans:
        return scans
    message = f"there is nothing to scan in {path}" if path.is_dir() else f"there is no folder {path}"
    hint = "name a folder that capgen build has written, such as out/"
    return [RegionScan(region=path.name, diagnostics=(Diagnostic(rule="scan-empty", message=message, hint=hint),))]


def _module(path: Path) -> Diagnostic:
    return Diagnostic(
        rule="scan-module",
        message=f"{path} is a module: what it creates is decided by the root that calls it",
        hint="scan the root, or the deployment: its modules are judged with it",
    )


def _with_own_waivers(root: Path, path: Path, locate: Locate) -> RegionScan:
    name = root.relative_to(path).as_posix() if root != path else root.resolve().name
    shown = Path(os.path.relpath(root / POLICY_FILE, path)).as_posix()
    waivers, diagnostics = read_waivers(root, shown)
    if diagnostics:
        return RegionScan(region=name, diagnostics=tuple(diagnostics))
    return scan_region(root, waivers=waivers, locate=locate, base=path, region=name)


def _roots(path: Path, seen: set[Path] | None = None) -> Iterator[Path]:
    """Find the folders that hold Terraform files, modules aside. A link is followed, once."""
    seen = set() if seen is None else seen
    if not path.is_dir() or path.resolve() in seen:
        return
    seen.add(path.resolve())
    entries = sorted(path.iterdir())
    if any(entry.name.endswith((JSON_FILE, *UNREAD_FILES)) and entry.is_file() for entry in entries):
        yield path
    for entry in entries:
        if entry.name != _MODULES and not entry.name.startswith("."):
            yield from _roots(entry, seen)


def _finding(verdict: Verdict, flattened: Flattened, locate: Locate) -> Finding:
    origin = flattened.origins[verdict.block]
    check = describe(verdict.check, verdict.name, verdict.guideline)
    spec_path = check.spec or _section(origin.address)
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
    )


def _place(verdict: Verdict, origin: Origin) -> Place:
    """Return the place of the first argument that the check looked at and the block has, or the block's own."""
    names = (key.replace("[", "/").replace(".", "/").split("/")[0] for key in verdict.keys)
    return next((origin.attributes[name] for name in names if name in origin.attributes), origin.place)


def _section(address: str) -> str:
    """Return the section of the spec that a block's module belongs to. Most modules are called as their section is."""
    parts = address.split(".")
    return _SECTIONS.get(parts[1], parts[1]) if parts[0] == "module" else ""
