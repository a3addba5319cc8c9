"""Build one region's root: the provider, the module calls with the region's values, the outputs."""

from capgen.synth.arguments import argument
from capgen.synth.compiled import CompiledRoot
from capgen.synth.modules import Directories
from capgen.synth.versions import required_versions
from capgen.terraform.expression import Argument, literal
from capgen.terraform.module import App, Body, Module
from capgen.topology import RootPlan


def build_root(app: App, plan: RootPlan, directories: Directories) -> CompiledRoot:
    """Build the root of a region."""
    root = Module(app, f"root-{plan.region}")
    root.settings({**required_versions(), **_backend(plan)})
    root.provider("aws", _provider(plan))
    root.data("aws_caller_identity", "current", {})
    root.data("aws_partition", "current", {})
    for variable in plan.variables:
        root.variable(variable.name, variable.type, variable.description, sensitive=True, ephemeral=True)
    for module in plan.modules:
        source = f"../modules/{directories[module.component, module.shape]}"
        root.call(module.component, source, {name: argument(value) for name, value in module.inputs.items()})
    for output in plan.outputs:
        root.output(output.name, argument(output.value), f"{output.description} ({output.guide_key}).")
    return CompiledRoot(region=plan.region, document=root.synthesise())


def _provider(plan: RootPlan) -> Body:
    tags = {literal(key): literal(value) for key, value in sorted(plan.tags.items())}
    body: dict[str, Argument] = {"region": plan.region}
    if tags:
        body["default_tags"] = [{"tags": tags}]
    if plan.account_id:
        body["allowed_account_ids"] = [plan.account_id]
    return body


def _backend(plan: RootPlan) -> Body:
    """Write the backend; a local state needs no block, and the CDK's own would name a path of this machine."""
    if plan.backend.type == "local":
        return {}
    return {"backend": {plan.backend.type: argument(plan.backend.settings)}}
