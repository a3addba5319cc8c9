"""What the network module is given where it creates the VPC."""

from dataclasses import dataclass

from capgen.components.network.endpoints import created_endpoints
from capgen.components.network.layout import ranges_of
from capgen.model.names import names_of
from capgen.model.network import Vpc
from capgen.model.regional import RegionalDeployment
from capgen.topology import ModulePlan, Value, outputs, root


@dataclass(frozen=True, kw_only=True)
class Created:
    """The VPC and everything in it is created.

    `nat`: there are NAT gateways; `internet_facing`: the load balancer stands in public subnets; `interface_endpoints`
    and `gateway_endpoints`: there are VPC endpoints of that kind.
    """

    nat: bool
    internet_facing: bool
    interface_endpoints: bool
    gateway_endpoints: bool

    @property
    def public(self) -> bool:
        """Whether something has to stand in public subnets."""
        return self.nat or self.internet_facing


def plan_created(deployment: RegionalDeployment, vpc: Vpc) -> ModulePlan:
    """Pass the range of each subnet by its zone, and which ways out there are."""
    endpoints = created_endpoints(deployment)
    shape = Created(
        nat=vpc.nat_gateways != "none",
        internet_facing=not deployment.load_balancer.internal,
        interface_endpoints=any(not endpoint.gateway for endpoint in endpoints),
        gateway_endpoints=any(endpoint.gateway for endpoint in endpoints),
    )
    names = names_of(deployment)
    ranges = {zone: ranges_of(vpc.cidr_block, zone) for zone in vpc.availability_zones}
    inputs: dict[str, Value] = {
        "account_id": root.ACCOUNT_ID,
        "cidr_block": vpc.cidr_block,
        "database_subnets": {zone: each.database for zone, each in ranges.items()},
        "flow_log_group_name": names.flow_log_group,
        "flow_log_role_name": names.flow_log_role,
        "kms_key_arn": outputs.KMS_KEY_ARN,
        "log_retention_in_days": deployment.logs.retention_in_days,
        "name": deployment.name,
        "partition": root.PARTITION,
        "permissions_boundary": deployment.identity.permissions_boundary,
        "private_subnets": {zone: each.private for zone, each in ranges.items()},
        "region": deployment.region,
    }
    if shape.public:
        inputs["public_subnets"] = {zone: each.public for zone, each in ranges.items()}
    if shape.nat:
        inputs["nat_gateways"] = _nat_gateways(vpc)
    if shape.interface_endpoints:
        inputs["endpoint_security_group_id"] = outputs.ENDPOINT_SECURITY_GROUP_ID
        inputs["interface_endpoints"] = {
            endpoint.service: {"service_name": endpoint.service_name, "restricted": endpoint.restricted}
            for endpoint in endpoints if not endpoint.gateway
        }  # fmt: skip
    if shape.gateway_endpoints:
        inputs["gateway_endpoints"] = {
            endpoint.service: {"service_name": endpoint.service_name, "restricted": endpoint.restricted}
            for endpoint in endpoints if endpoint.gateway
        }  # fmt: skip
    return ModulePlan(component="network", shape=shape, inputs=inputs)


def _nat_gateways(vpc: Vpc) -> dict[str, Value]:
    """Return for each zone the zone whose NAT gateway it uses: its own, or that of the first one by name.

    Not of the first one in the list: another order would replace the gateway, and the address that others know.
    """
    first = min(vpc.availability_zones)
    return {zone: zone if vpc.nat_gateways == "one_per_zone" else first for zone in vpc.availability_zones}
