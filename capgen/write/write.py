"""Write a compiled deployment to disk."""

from pathlib import Path

from capgen.diagnostics import Diagnostic, Severity
from capgen.model.regional import DeploymentModel
from capgen.synth.compiled import CompiledDeployment
from capgen.write.deployment_files import deployment_files
from capgen.write.manifest import MANIFEST, manifest, read_manifest
from capgen.write.swap import replace_tree


def write_deployment(
    compiled: CompiledDeployment, model: DeploymentModel, spec: object, out: Path
) -> tuple[Path | None, list[Diagnostic]]:
    """Write `out/<name>` in one swap and return it. A directory there that capgen did not write is left alone.

    Raises OSError when the disk fails; what was there before is then untouched.
    """
    target = out / compiled.name
    old = read_manifest(target)
    if target.exists() and old is None and any(target.iterdir()):
        return None, [_not_ours(target)]
    files = deployment_files(compiled, model)
    regions = tuple(root.region for root in compiled.roots)
    files[MANIFEST] = manifest(compiled.name, regions, spec, files)
    replace_tree(target, files, managed=[*old["files"], MANIFEST] if old else ())
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
