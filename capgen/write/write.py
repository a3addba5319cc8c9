"""Write a compiled deployment to disk."""

import json
from collections.abc import Mapping
from pathlib import Path

from capgen.diagnostics import Diagnostic, Severity
from capgen.model.regional import DeploymentModel
from capgen.synth.compiled import CompiledDeployment
from capgen.write.deployment_files import deployment_files
from capgen.write.interrupted import put_back
from capgen.write.manifest import MANIFEST, manifest, read_manifest
from capgen.write.swap import replace_tree


def complete_files(compiled: CompiledDeployment, model: DeploymentModel, spec: object) -> dict[str, bytes]:
    """Return relative path to content for a whole deployment, the manifest included."""
    files = deployment_files(compiled, model)
    files[MANIFEST] = manifest(compiled, spec, files)
    return files


def write_deployment(name: str, files: Mapping[str, bytes], out: Path) -> tuple[Path | None, list[Diagnostic]]:
    """Write `out/<name>` in one swap and return it. A directory there that capgen did not write is left alone.

    Raises OSError when the disk fails; what was there before is then untouched. What a process that was killed in the
    middle of its swap has left is put back first.
    """
    target = out / name
    if not target.exists():
        put_back(out, [name])
    old = read_manifest(target)
    if target.exists() and old is None and any(target.iterdir()):
        return None, [_not_ours(target)]
    replace_tree(target, files, managed=[*old["files"], MANIFEST] if old else ())
    regions = json.loads(files[MANIFEST])["regions"]
    return target, [_removed(target, region) for region in (old or {}).get("regions", ()) if region not in regions]


def _not_ours(target: Path) -> Diagnostic:
    return Diagnostic(
        rule="write-foreign-directory",
        message=f"{target} exists and has no {MANIFEST} of capgen's: it is left as it is",
        hint="choose another output directory with -o, or move the directory away",
    )


def _removed(target: Path, region: str) -> Diagnostic:
    return Diagnostic(
        rule="write-removed-region",
        message=f"region {region} is no longer in the spec: its root was removed from {target}, "
        "what it created in AWS still exists",
        hint=f"to remove it there too, compile the earlier spec and run terraform destroy in {region}",
        severity=Severity.WARNING,
    )
