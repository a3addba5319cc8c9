"""Who can connect to what, worked out from what AWS answers: nothing of capgen is asked.

Each group ID is replaced by the tiers that are in it, and each pair of an outgoing and an incoming rule that name each
other is intersected as a set of ports.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from ipaddress import IPv4Network
from itertools import product
from typing import Any

from tests.emulator.emulator import Emulator

PRIVATE = tuple(map(IPv4Network, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16")))

Told = tuple[str, str, str, int, int, bool, bool]
"""Source, destination, protocol, first and last port, Internet, and whether something answers."""


@dataclass
class Account:
    """What AWS holds of one deployment: the groups, ports and public addresses of each tier, and its rules."""

    groups: dict[str, set[str]]
    ports: dict[str, set[int]]
    public: dict[str, bool]
    forwarded: set[int]
    rules: list[dict[str, Any]]

    def flows(self) -> set[Told]:
        return {*self._with_ranges(), *self._between_tiers()}

    def _with_ranges(self) -> Iterator[Told]:
        for rule in self.rules:
            cidr = str(rule.get("CidrIpv4", ""))
            for tier in self._tiers_in(rule["GroupId"]) if cidr else ():
                ports, protocol = span(rule), str(rule["IpProtocol"])
                internet = self.public[tier] and not any(IPv4Network(cidr).subnet_of(each) for each in PRIVATE)
                if rule["IsEgress"]:
                    yield tier, cidr, protocol, min(ports), max(ports), internet, True
                else:
                    yield cidr, tier, protocol, min(ports), max(ports), internet, self._answers(tier, ports)

    def _between_tiers(self) -> Iterator[Told]:
        named = [rule for rule in self.rules if "ReferencedGroupInfo" in rule]
        leaving = [rule for rule in named if rule["IsEgress"]]
        for out, into in product(leaving, [rule for rule in named if not rule["IsEgress"]]):
            pair = (out["GroupId"], out["ReferencedGroupInfo"]["GroupId"])
            ports = span(out) & span(into)
            if pair == (into["ReferencedGroupInfo"]["GroupId"], into["GroupId"]) and ports:
                for source, target in product(self._tiers_in(pair[0]), self._tiers_in(pair[1])):
                    answered = self._answers(target, ports & self.forwarded if source == "load_balancer" else ports)
                    yield (source, target, into["IpProtocol"], min(ports), max(ports), False, answered)

    def _tiers_in(self, group: str) -> list[str]:
        return [tier for tier, groups in self.groups.items() if group in groups]

    def _answers(self, tier: str, ports: set[int]) -> bool:
        return bool(self.ports[tier] & ports)


def span(rule: dict[str, Any]) -> set[int]:
    return set(range(65536)) if rule["IpProtocol"] == "-1" else set(range(rule["FromPort"], rule["ToPort"] + 1))


def account(emulator: Emulator, region: str, name: str) -> Account:
    """Ask AWS for the deployment of a name."""
    (balancer,) = emulator.client("elbv2", region).describe_load_balancers(Names=[f"{name}-alb"])["LoadBalancers"]
    (instance,) = emulator.client("rds", region).describe_db_instances(DBInstanceIdentifier=f"{name}-db")["DBInstances"]
    listeners = emulator.client("elbv2", region).describe_listeners(LoadBalancerArn=balancer["LoadBalancerArn"])
    ecs = emulator.client("ecs", region)
    (service,) = ecs.describe_services(cluster=f"{name}-cluster", services=[f"{name}-svc"])["services"]
    network = service["networkConfiguration"]["awsvpcConfiguration"]
    task = ecs.describe_task_definition(taskDefinition=service["taskDefinition"])["taskDefinition"]
    forwards = {
        action.get("TargetGroupArn") for listener in listeners["Listeners"] for action in listener["DefaultActions"]
    }
    groups = {
        "load_balancer": set(balancer["SecurityGroups"]),
        "task": set(network["securityGroups"]),
        "database": {group["VpcSecurityGroupId"] for group in instance["VpcSecurityGroups"]},
        "storage": set(mounted(emulator, region, f"{name}-files")),
        "vpc_endpoint": {
            group["GroupId"]
            for endpoint in emulator.client("ec2", region).describe_vpc_endpoints()["VpcEndpoints"]
            for group in endpoint.get("Groups", ())
        },
    }
    rules = emulator.client("ec2", region).describe_security_group_rules()["SecurityGroupRules"]
    ours = set().union(*groups.values())
    return Account(
        groups=groups,
        ports={
            "load_balancer": {listener["Port"] for listener in listeners["Listeners"]},
            "task": {port["containerPort"] for each in task["containerDefinitions"] for port in each["portMappings"]},
            "database": {instance["DbInstancePort"] or instance["Endpoint"]["Port"]},
            "storage": {2049},
            "vpc_endpoint": {443},
        },
        public={
            "load_balancer": balancer.get("Scheme", "internet-facing")
            == "internet-facing",  # moto leaves out the default
            "task": network["assignPublicIp"] == "ENABLED",
            "database": instance["PubliclyAccessible"],
            "storage": False,
            "vpc_endpoint": False,
        },
        forwarded={each["containerPort"] for each in service["loadBalancers"] if each["targetGroupArn"] in forwards},
        rules=[rule for rule in rules if rule["GroupId"] in ours],
    )


def mounted(emulator: Emulator, region: str, name: str) -> Iterator[str]:
    """Yield the groups of every mount target of a file system."""
    efs = emulator.client("efs", region)
    for system in efs.describe_file_systems(CreationToken=name)["FileSystems"]:
        for target in efs.describe_mount_targets(FileSystemId=system["FileSystemId"])["MountTargets"]:
            yield from efs.describe_mount_target_security_groups(MountTargetId=target["MountTargetId"])[
                "SecurityGroups"
            ]
