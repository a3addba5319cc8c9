"""A VPC that the deployment makes: what happens in it is recorded, and what is private has no way in from outside."""

from collections.abc import Iterable, Iterator

from capgen.evaluate import reference
from capgen.findings import FindingSeverity
from capgen.scan.policies.policy import Body, Policy, Subject, all_hold, is_unknown, nested, switch


def _records_everything(subject: Subject) -> bool | None:
    kind, destination = subject.body.get("traffic_type"), subject.body.get("log_destination")
    found = reference(destination)
    keeps = None if is_unknown(destination) else False
    if found is not None and not found[0].startswith("data."):
        keeps = True
    return all_hold((None if is_unknown(kind) else kind == "ALL", keeps))


def _stands_apart(subject: Subject) -> bool | None:
    """Judge a block by its subnets. Tasks with a public address need the route, and are none of this policy's."""
    public: bool | None = False
    blocks = [subject.body]
    if subject.type == "aws_ecs_service":
        blocks = nested(subject.body, "network_configuration")
        public = all_hold(switch(block.get("assign_public_ip")) for block in blocks)
    if public:
        return True
    tables = list(subject.others("aws_route_table_association"))
    found = all_hold(_has_no_way_in(subnet, tables, subject) for block in blocks for subnet in _subnets(block))
    return found if public is False or found else None


def _subnets(block: Body) -> Iterator[object]:
    for name in ("subnet_id", "subnet_ids", "subnets"):
        value = block.get(name)
        if value is not None:
            yield from value if isinstance(value, list) else [value]


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
        title="Ensure databases, files and private tasks stand in subnets without a route to an Internet gateway",
        severity=FindingSeverity.HIGH,
        rationale="A security group is one line, and one mistake opens it. In a subnet without a route to an Internet "
        "gateway, no such mistake makes a database reachable, since no packet from there finds its way. Tasks without "
        "a public address find no way out through it either, and start nowhere.",
        link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
        fix="Give these subnets route tables of their own, without a route to an Internet gateway: that of the tasks "
        "leads to a NAT gateway, that of the database nowhere.",
        spec="network.vpc",
        types=("aws_db_subnet_group", "aws_ecs_service", "aws_efs_mount_target"),
        arguments=("subnet_ids", "network_configuration", "subnet_id"),
        holds=_stands_apart,
    ),
)
