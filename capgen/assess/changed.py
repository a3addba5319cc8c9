"""Tell which files of a tree are not as capgen wrote them: what was edited by hand is what a reviewer asks first."""

import os
from collections.abc import Collection, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path

from capgen.assess.intent import POLICY_FILE
from capgen.diagnostics import Diagnostic, Location, Severity
from capgen.evaluate import JSON_FILE, UNREAD_FILES
from capgen.write.manifest import MANIFEST, read_manifest

#: What Terraform reads beside the files of the manifest: https://developer.hashicorp.com/terraform/language/values/variables
_READ = (JSON_FILE, *UNREAD_FILES, ".auto.tfvars", ".auto.tfvars.json")
_VALUES = ("terraform.tfvars", "terraform.tfvars.json")
_ADDED = "Terraform reads additions too. What they declare or override is judged, and values of .tfvars are not"
_MODULES = "modules"
_SHOWN = 10


def changed_files(
    roots: Sequence[Path], base: Path, specified: Collection[Path] = ()
) -> Mapping[Path, list[Diagnostic]]:
    """Return what to tell with each root: the first one of a deployment has what is to tell of the deployment.

    `specified` are the roots of which a spec says what is intended. Another one whose policy.json was changed or is
    gone is not judged: whoever changed it decides what is intended. What a manifest does not name, such as state, is
    told only where Terraform reads it as configuration. A deployment without a manifest is not capgen's, or nothing is
    known of it.
    """
    told: dict[Path, list[Diagnostic]] = {}
    deployments: dict[Path, list[Path]] = {}
    for root in roots:
        deployments.setdefault(root.resolve().parent, []).append(root)
    for deployment, members in deployments.items():
        manifest = read_manifest(deployment)
        if manifest is not None:
            names = {root.resolve().name for root in members}
            files = {path: digest for path, digest in manifest["files"].items() if _top(path) in {_MODULES, *names}}
            shown = _shown(deployment / MANIFEST, base)
            told[members[0]] = list(_told(deployment, files, names, shown))
            for root in members:
                if root not in specified:
                    told[root] = [*told.get(root, []), *_without_policy(root, files, base)]
    return told


def _told(deployment: Path, files: Mapping[str, str], regions: set[str], manifest: str) -> Iterator[Diagnostic]:
    present = {path: deployment / path for path in files if (deployment / path).is_file()}
    changed = sorted(path for path, file in present.items() if sha256(file.read_bytes()).hexdigest() != files[path])
    gone = sorted(set(files) - set(present))
    added = sorted(set(_read_by_terraform(deployment, regions)) - set(files))
    texts = (
        (changed, "{} not as capgen wrote {}", "compile the spec again, or review what capgen diff tells of them"),
        (gone, "{} gone that capgen wrote{}", "compile the spec again"),
        (added, "{} there that capgen did not write{}", _ADDED),
    )
    for paths, text, hint in texts:
        if paths:
            one = len(paths) == 1
            count = "1 file is" if one else f"{len(paths)} files are"
            object = ("it" if one else "them") if paths is changed else ""
            more = f" and {len(paths) - _SHOWN} more" if len(paths) > _SHOWN else ""
            yield Diagnostic(
                rule="scan-changed",
                message=f"{text.format(count, object)}: {', '.join(paths[:_SHOWN])}{more}",
                severity=Severity.WARNING,
                location=Location(manifest, 1, 1),
                hint=hint,
            )


def _without_policy(root: Path, files: Mapping[str, str], base: Path) -> Iterator[Diagnostic]:
    path = f"{root.resolve().name}/{POLICY_FILE}"
    file = root / POLICY_FILE
    if path in files and file.is_file() and sha256(file.read_bytes()).hexdigest() != files[path]:
        yield Diagnostic(
            rule="scan-changed",
            message=f"{path} is not as capgen wrote it: what it accepts and intends may be anyone's, "
            "so nothing was judged",
            location=Location(_shown(file, base), 1, 1),
            hint="compile the spec again, or name it with --spec: its own waivers and flows then count",
        )
    if path in files and not file.exists():
        yield Diagnostic(
            rule="scan-changed",
            message=f"{path} is gone that capgen wrote: nothing says what is intended, so nothing was judged",
            location=Location(_shown(root / POLICY_FILE, base), 1, 1),
            hint="compile the spec again, or name it with --spec",
        )


def _read_by_terraform(deployment: Path, regions: set[str]) -> Iterator[str]:
    """Yield the files of roots and modules that Terraform reads. It reads none whose name begins with a dot."""
    folders = [deployment / name for name in sorted(regions)]
    modules = deployment / _MODULES
    folders += sorted({file.parent for file in modules.rglob("*") if file.is_file()})
    for folder in folders:
        for file in folder.iterdir():
            path = file.relative_to(deployment)
            hidden = any(part.startswith(".") for part in path.parts)
            if file.is_file() and not hidden and (file.name.endswith(_READ) or file.name in _VALUES):
                yield path.as_posix()


def _top(path: str) -> str:
    return path.split("/", 1)[0]


def _shown(file: Path, base: Path) -> str:
    return Path(os.path.relpath(file.resolve(), base.resolve())).as_posix()
