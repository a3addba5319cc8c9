"""Plan a whole deployment."""

from capgen.model.regional import DeploymentModel, RegionalDeployment
from capgen.plan.outputs import OUTPUTS
from capgen.plan.registry import PLANS
from capgen.topology import RootPlan, RootVariable, StateBackend, Topology


def plan_deployment(model: DeploymentModel) -> Topology:
    """Return the roots and modules that the model asks for. Nothing here can fail: the rules have passed."""
    return Topology(name=model.name, roots=tuple(_root(region.values) for region in model.regions))


def _root(deployment: RegionalDeployment) -> RootPlan:
    return RootPlan(
        region=deployment.region,
        modules=tuple(plan(deployment) for plan in PLANS),
        outputs=OUTPUTS,
        variables=_variables(deployment),
        backend=_backend(deployment),
        tags=deployment.tags,
        account_id=deployment.account_id,
    )


def _variables(deployment: RegionalDeployment) -> tuple[RootVariable, ...]:
    if deployment.database.password.source != "variable":
        return ()
    description = "Master password of the database, handed over as TF_VAR_database_password. It is kept in no state."
    return (RootVariable(name="database_password", type="string", description=description),)


def _backend(deployment: RegionalDeployment) -> StateBackend:
    """Plan the state's place. S3 locks natively: https://developer.hashicorp.com/terraform/language/backend/s3."""
    state = deployment.state
    if state.backend == "local" or state.bucket is None:
        return StateBackend(type="local")
    settings: dict[str, str | bool] = {
        "bucket": state.bucket,
        "key": f"{state.key_prefix}{deployment.name}/{deployment.region}/terraform.tfstate",
        "region": state.region or deployment.region,
        "encrypt": True,
        "use_lockfile": True,
    }
    if state.kms_key_id is not None:
        settings["kms_key_id"] = state.kms_key_id
    return StateBackend(type="s3", settings=settings)
