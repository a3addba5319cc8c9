"""Every file of a compiled deployment."""

from capgen.model.regional import DeploymentModel, RegionalDeployment
from capgen.synth.compiled import CompiledDeployment, CompiledModule
from capgen.write.module_readme import module_readme
from capgen.write.module_tests import module_tests
from capgen.write.runbook import runbook
from capgen.write.terraform_files import canonical_json, terraform_files

POLICY = "policy.json"
"""The waivers of a region, beside its root, so that a tree can be judged without its spec."""


def deployment_files(compiled: CompiledDeployment, model: DeploymentModel) -> dict[str, bytes]:
    """Return relative path to content for a whole deployment, the manifest apart."""
    files: dict[str, bytes] = {}
    for module in compiled.modules:
        for name, content in _module_files(module).items():
            files[f"modules/{module.directory}/{name}"] = content
    values = {region.values.region: region.values for region in model.regions}
    for root in compiled.roots:
        deployment = values[root.region]
        for name, content in (terraform_files(root.document) | _reader_files(deployment)).items():
            files[f"{root.region}/{name}"] = content
    return files


def _module_files(module: CompiledModule) -> dict[str, bytes]:
    return {
        **terraform_files(module.document),
        **module.files,
        **module_tests(module),
        "README.md": module_readme(module),
    }


def _reader_files(deployment: RegionalDeployment) -> dict[str, bytes]:
    """Return what a root holds beside Terraform: the runbook for people, the waivers for the scan."""
    waivers = [
        {"check": waiver.check, "resource": waiver.resource, "reason": waiver.reason}
        for waiver in deployment.policy.waivers
    ]
    return {"RUNBOOK.md": runbook(deployment), POLICY: canonical_json({"waivers": waivers})}
