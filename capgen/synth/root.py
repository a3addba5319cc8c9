"""Build one region's root: the provider, the module calls with the region's values, the outputs."""

from capgen.region_facts import backend_validates, provider_validates
from capgen.synth.arguments import argument
from capgen.synth.compiled import CompiledRoot
from capgen.synth.modules import Directories
from capgen.synth.versions import required_versions
from capgen.terraform.expression import Argument, literal
from capgen.terraform.module import App, Body, Module
from capgen.topology import AssumedRole, ModulePlan, ProviderPlan, RootOutput, RootPlan, StateBackend


def build_root(app: App, plan: RootPlan, directories: Directories) -> CompiledRoot:
    """Build the root of a region."""
    root = Module(app, f"root-{plan.region}")
    root.settings({**required_versions(), **_backend(plan)})
    for provider in plan.providers:
        root.provider("aws", _provider(provider))
    root.data("aws_caller_identity", "current", {})
    root.data("aws_partition", "current", {})
    for state in plan.remote_states:
        root.data("terraform_remote_state", state.name, {
            "backend": state.backend.type, "config": _settings(state.backend),
        })  # fmt: skip
    for variable in plan.variables:
        root.variable(
            variable.name, variable.type, variable.description,
            validations=variable.validations, sensitive=variable.secret, ephemeral=variable.secret,
        )  # fmt: skip
    for module in plan.modules:
        source = f"../modules/{directories[module.component, module.shape]}"
        arguments = {name: argument(value) for name, value in module.inputs.items()}
        root.call(module.component, source, {**_handed(module), **arguments})
    for output in plan.outputs:
        root.output(output.name, argument(output.value), _described(output))
    return CompiledRoot(region=plan.region, document=root.synthesise())


def _handed(module: ModulePlan) -> Body:
    """Hand a module another configuration of the provider than the root's own."""
    return {"providers": {"aws": f"aws.{module.provider}"}} if module.provider else {}


def _provider(plan: ProviderPlan) -> Body:
    tags = {literal(key): literal(value) for key, value in sorted(plan.tags.items())}
    body: dict[str, Argument] = {"region": plan.region}
    if plan.alias:
        body["alias"] = plan.alias
    if not provider_validates(plan.region):
        body["skip_region_validation"] = True
    if tags:
        body["default_tags"] = [{"tags": tags}]
    if plan.account_id:
        body["allowed_account_ids"] = [plan.account_id]
    if plan.assume_role:
        body["assume_role"] = [_role(plan.assume_role)]
    return body


def _role(role: AssumedRole) -> Body:
    settings = {"role_arn": role.role_arn, "external_id": role.external_id, "session_name": role.session_name}
    return {name: literal(value) for name, value in settings.items() if value is not None}


def _backend(plan: RootPlan) -> Body:
    """Write the backend; a local state needs no block, and the CDK's own would name a path of this machine."""
    if plan.backend.type == "local":
        return {}
    return {"backend": {plan.backend.type: _settings(plan.backend)}}


def _settings(backend: StateBackend) -> Body:
    settings: dict[str, Argument] = {name: argument(value) for name, value in backend.settings.items()}
    if backend.type == "s3" and not backend_validates(str(backend.settings["region"])):
        settings["skip_region_validation"] = True
    if backend.assume_role:
        settings["assume_role"] = _role(backend.assume_role)
    return settings


def _described(output: RootOutput) -> str:
    return f"{output.description} ({output.guide_key})." if output.guide_key else f"{output.description}."
