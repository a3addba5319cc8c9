"""The configurations of the AWS provider in a region's root."""

from capgen.components.dns.plan import PROVIDER as ZONE
from capgen.model.assume_role import AssumeRole
from capgen.model.regional import RegionalDeployment
from capgen.topology import AssumedRole, ProviderPlan


def provider(deployment: RegionalDeployment, alias: str | None = None) -> ProviderPlan:
    """Plan the provider of a region: its own root's, or under an alias that of another root which works there too."""
    return ProviderPlan(
        region=deployment.region,
        alias=alias,
        account_id=deployment.account_id,
        assume_role=assumed(deployment.assume_role),
        tags=deployment.tags,
    )


def zone_provider(deployment: RegionalDeployment) -> ProviderPlan | None:
    """Plan the provider that works in the account of the hosted zone; None where the region's own does."""
    dns = deployment.dns
    if dns is None or dns.assume_role is None:
        return None
    return ProviderPlan(
        region=deployment.region, alias=ZONE, assume_role=assumed(dns.assume_role), tags=deployment.tags
    )


def assumed(role: AssumeRole | None) -> AssumedRole | None:
    """Return the role that is assumed, where there is one."""
    if role is None:
        return None
    return AssumedRole(role_arn=role.role_arn, external_id=role.external_id, session_name=role.session_name)
