"""Where the state of a region's root lives."""

from capgen.model.regional import RegionalDeployment
from capgen.plan.provider import assumed
from capgen.topology import StateBackend


def backend(deployment: RegionalDeployment) -> StateBackend:
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
    return StateBackend(type="s3", settings=settings, assume_role=assumed(state.assume_role))
