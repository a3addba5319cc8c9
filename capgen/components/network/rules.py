"""What the schema cannot say about the network."""

from collections.abc import Iterator

from capgen.components.network import egress_rules, vpc_rules
from capgen.diagnostics import Severity
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule


def _tiers_with_public_ip(deployment: RegionalDeployment) -> Iterator[Problem]:
    """Nothing tells a public subnet from a private one before AWS is asked; an internal deployment gives it away."""
    network = deployment.network
    if network.vpc is None and network.assign_public_ip and deployment.load_balancer.internal:
        yield Problem(
            path=("network", "assign_public_ip"),
            message="tasks get public IP addresses although the load balancer is internal",
            value="true",
            hint="turn network.assign_public_ip off and reach AWS through NAT or VPC endpoints",
            severity=Severity.WARNING,
        )


RULES = (
    *vpc_rules.RULES,
    *egress_rules.RULES,
    Rule(
        id="network-public-ip-of-internal-service",
        title="The tasks of an internal service have no public address",
        link="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html",
        check=_tiers_with_public_ip,
    ),
)
