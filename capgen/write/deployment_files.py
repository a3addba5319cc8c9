"""Every file of a compiled deployment."""

from collections.abc import Mapping
from functools import lru_cache

from capgen.model.regional import DeploymentModel, RegionModel
from capgen.synth.compiled import CompiledDeployment, CompiledModule, CompiledRoot
from capgen.write.module_readme import module_readme
from capgen.write.module_tests import module_tests
from capgen.write.policy import policy
from capgen.write.runbook import runbook
from capgen.write.terraform_files import canonical_json, terraform_files

POLICY = "policy.json"
"""The waivers and intended flows of a region, beside its root: a tree can then be judged without its spec."""


def deployment_files(compiled: CompiledDeployment, model: DeploymentModel) -> dict[str, bytes]:
    """Return relative path to content for a whole deployment, the manifest apart."""
    files: dict[str, bytes] = {}
    for module in compiled.modules:
        for name, content in _module_files(module).items():
            files[f"modules/{module.directory}/{name}"] = content
    regions = {region.values.region: region for region in model.regions}
    for root in compiled.roots:
        reader_files = _reader_files(regions[root.region], root, compiled.apply_order)
        for name, content in (terraform_files(root.document) | reader_files).items():
            files[f"{root.region}/{name}"] = content
    return files


@lru_cache(maxsize=512)  # deployments of a fleet share their modules
def _module_files(module: CompiledModule) -> Mapping[str, bytes]:
    return {
        **terraform_files(module.document),
        **module.files,
        **module_tests(module),
        "README.md": module_readme(module),
    }


def _reader_files(region: RegionModel, root: CompiledRoot, order: tuple[tuple[str, ...], ...]) -> dict[str, bytes]:
    """Return what a root holds beside Terraform: the runbook for people, what it is held to for the scan."""
    return {"RUNBOOK.md": runbook(region.values, root, order), POLICY: canonical_json(policy(region))}
