"""A VPC that the deployment makes: what happens in it is recorded, and its databases stand apart from the Internet."""

from collections.abc import Iterable, Iterator

from capgen.evaluate import reference
from capgen.findings import FindingSeverity
from capgen.scan.policies.policy import Policy, Subject, all_hold, is_unknown, nested


def _records_everything(subject: Subject) -> bool | None:
    kind, destination = subject.body.get("traffic_type"), subject.body.get("log_destination")
    found = reference(destination)
    keeps = None if is_unknown(destination) else False
    if found is not None and not found[0].startswith("data."):
        keeps = True
    return all_hold((None if is_unknown(kind) else kind == "ALL", keeps))


def _stands_apart(subject: Subject) -> bool | None:
    tables = list(subject.others("aws_route_table_association"))
    subnets = subject.body.get("subnet_ids")
    return all_hold(
        _has_no_way_in(subnet, tables, subject) for subnet in (subnets if isinstance(subnets, list) else [subnets])
    )


def _has_no_way_in(subnet: object, associations: Iterable[Subject], subject: Subject) -> bool | None:
    """Follow a subnet to its route table. One that has none of its own has the VPC's, which AWS makes."""
    named = reference(subnet)
    if named is None or not named[0].startswith("aws_subnet."):
        return None
    tables = [
        reference(each.body.get("route_table_id"))
        for each in associations
        if reference(each.body.get("subnet_id")) == named
    ]
    known = [table[0] for table in tables if table is not None]
    if not known:
        return None
    return not any(_is_of_internet(gateway) for table in known for gateway in _gateways(table, subject))


def _gateways(table: str, subject: Subject) -> Iterator[object]:
    for each in subject.others("aws_route"):
        found = reference(each.body.get("route_table_id"))
        if found is not None and found[0] == table:
            yield each.body.get("gateway_id")
    for each in subject.others("aws_route_table"):
        if each.name == table:
            yield from (route.get("gateway_id") for route in nested(each.body, "route"))


def _is_of_internet(gateway: object) -> bool:
    return str(gateway).startswith(("${aws_internet_gateway.", "igw-"))


POLICIES = (
    Policy(
        id="CAPGEN_43",
        title="Ensure flow logs record all traffic, where this configuration keeps them",
        severity=FindingSeverity.MEDIUM,
        rationale="After an incident, flow logs are what tells who talked to whom. What was refused shows who tried; "
        "logs that go to a bucket or group from elsewhere may be unencrypted, read by others, or gone.",
        link="https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs.html",
        fix="Set traffic_type to ALL, and refer to the log group's resource in log_destination.",
        spec="network.vpc",
        types=("aws_flow_log",),
        arguments=("traffic_type", "log_destination"),
        holds=_records_everything,
    ),
    Policy(
        id="CAPGEN_44",
        title="Ensure databases stand in subnets without a route to an Internet gateway",
        severity=FindingSeverity.HIGH,
        rationale="A security group is one line, and one mistake opens it. In a subnet without a route to an Internet "
        "gateway, no such mistake makes a database reachable, since no packet from there finds its way.",
        link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
        fix="Give the database's subnets a route table of their own, without a route to an Internet gateway.",
        spec="network.vpc",
        types=("aws_db_subnet_group",),
        arguments=("subnet_ids",),
        holds=_stands_apart,
    ),
)
