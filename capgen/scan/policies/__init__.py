"""capgen's own policies: what checkov lets pass and a reviewer would not.

Each is a definition without checkov; `capgen.scan.policies.checks` makes checkov's checks of them. One file per family.
"""

from capgen.scan.policies import (
    buckets,
    containers,
    databases,
    deploy_secret,
    file_systems,
    kept_data,
    keys,
    networks,
    principals,
    records,
    replication,
    secret_values,
    security_groups,
    services,
    stacks,
    unwritten,
    vpc_endpoints,
    wildcards,
)
from capgen.scan.policies.policy import Policy, Subject

_FAMILIES = (secret_values, security_groups, containers, wildcards, deploy_secret, principals, buckets, file_systems,
             kept_data, services, stacks, databases, keys, unwritten, vpc_endpoints, records, replication,
             networks)  # fmt: skip

#: Every policy, in the order of its number.
POLICIES: tuple[Policy, ...] = tuple(
    sorted((policy for family in _FAMILIES for policy in family.POLICIES),
           key=lambda policy: int(policy.id.removeprefix("CAPGEN_")))
)  # fmt: skip

__all__ = ["POLICIES", "Policy", "Subject"]
