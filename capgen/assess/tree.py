"""Judge a compiled tree: a region's root, a deployment, or a folder of deployments."""

import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from capgen.assess.assessment import Assessment, RegionAssessment, Terms
from capgen.assess.changed import changed_files
from capgen.assess.intent import POLICY_FILE
from capgen.assess.region import assess_region
from capgen.assess.root import nowhere
from capgen.assess.specified import Specified
from capgen.assess.waivers import apply_waivers
from capgen.diagnostics import Diagnostic
from capgen.evaluate import JSON_FILE, UNREAD_FILES
from capgen.scan import Locate
from capgen.write.manifest import MANIFEST, read_manifest

_MODULES = "modules"


def assess_tree(
    path: Path,
    *,
    terms: Terms,
    locate: Locate = nowhere,
    locators: Mapping[str, Locate] = MappingProxyType({}),
    spec: Specified | None = None,
) -> Assessment:
    """Judge every region under a folder. File names are relative to it.

    The waivers are those that the roots carry and those of the terms. `locators` are by the name of a region's folder,
    for specs whose regions override values; `locate` serves the other regions. Where `spec` is given, its waivers and
    its flows count, and not those that the roots carry.
    """
    regions = assess_regions(path, terms=terms, base=path, locate=locate, locators=locators, spec=spec)
    applied, diagnostics = apply_waivers(regions, terms, _incomplete(find_roots(path)[0]))
    return Assessment(terms=terms, base=path.as_posix(), regions=tuple(applied), waiver_diagnostics=tuple(diagnostics))


def assess_regions(
    path: Path,
    *,
    terms: Terms,
    base: Path,
    locate: Locate = nowhere,
    locators: Mapping[str, Locate] = MappingProxyType({}),
    spec: Specified | None = None,
) -> list[RegionAssessment]:
    """Judge every region under a folder, as `assess_tree` does, and apply no waiver. File names are relative to `base`.

    So the regions of many deployments can be judged apart and held to shared waivers together.
    """
    roots, refused = find_roots(path)
    if refused is not None:
        return [not_read(path, refused)]
    specified = [root for root in roots if spec is not None and spec.policy(root, roots) is not None]
    changed = changed_files(roots, base, specified)
    return [
        assess_region(root, terms=terms, name=region_name(root, base), base=base,
                      locate=locators.get(root.resolve().name, locate), spec=spec and spec.policy(root, roots),
                      told=[*changed.get(root, []), *_strangers(root, roots, base, spec)])
        for root in roots
    ]  # fmt: skip


def _strangers(root: Path, roots: Sequence[Path], base: Path, spec: Specified | None) -> Iterator[Diagnostic]:
    if spec is None:
        return
    if spec.policy(root, roots) is None:
        yield spec.stranger(Path(os.path.relpath(root / POLICY_FILE, base)).as_posix())
        return
    manifest = root.resolve().parent / MANIFEST
    stale = spec.stale(read_manifest(manifest.parent), Path(os.path.relpath(manifest, base.resolve())).as_posix())
    if stale is not None:
        yield stale


def find_roots(path: Path) -> tuple[list[Path], Diagnostic | None]:
    """Return the roots of regions in a folder, or what is wrong with it."""
    if _MODULES in path.resolve().parts[-2:]:
        return [], _module(path)
    roots = list(_roots(path))
    if roots:
        return roots, None
    message = f"there is nothing to scan in {path}" if path.is_dir() else f"there is no folder {path}"
    hint = "name a folder that capgen build has written, such as out/"
    return [], Diagnostic(rule="scan-empty", message=message, hint=hint)


def not_read(path: Path, diagnostic: Diagnostic) -> RegionAssessment:
    """Return what stands for a folder that has no root."""
    return RegionAssessment(name=path.name, deployment=path.name, region=path.name, diagnostics=(diagnostic,))


def _module(path: Path) -> Diagnostic:
    return Diagnostic(
        rule="scan-module",
        message=f"{path} is a module: what it creates is decided by the root that calls it",
        hint="scan the root, or the deployment: its modules are judged with it",
    )


def region_name(root: Path, path: Path) -> str:
    """Return what messages call a region: its root's path below what was named."""
    return root.relative_to(path).as_posix() if root != path else root.resolve().name


def _incomplete(roots: Sequence[Path]) -> set[str]:
    """Return the deployments that have more regions than those that are judged."""
    judged = {root.resolve() for root in roots}
    return {
        root.parent.name
        for root in judged
        if any(file.parent.resolve() not in judged for file in root.parent.glob(f"*/{POLICY_FILE}"))
    }


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
