"""Databases: they can move to another zone, and write down who changed what."""

from capgen.findings import FindingSeverity
from capgen.scan.policies.policy import Policy, Subject, is_unknown, nested

_ZONES = 2
_LOGGED = frozenset({"all", "ddl", "mod"})


def _spans_zones(subject: Subject) -> bool | None:
    subnets = subject.body.get("subnet_ids")
    if not isinstance(subnets, list):
        return None if is_unknown(subnets) else False
    return len(set(map(str, subnets))) >= _ZONES or (None if any(map(is_unknown, subnets)) else False)


def _logs_statements(subject: Subject) -> bool | None:
    if not str(subject.body.get("family", "")).startswith(("postgres", "aurora-postgresql")):
        return True
    values = {str(each.get("name")): each.get("value") for each in nested(subject.body, "parameter")}
    value = values.get("log_statement")
    return None if is_unknown(value) or any(map(is_unknown, values)) else value in _LOGGED


POLICIES = (
    Policy(
        id="CAPGEN_32",
        title="Ensure the subnet group of a database spans two subnets",
        severity=FindingSeverity.MEDIUM,
        rationale="A database can only be moved to another zone where its subnet group has a subnet there. With a "
        "single one, Multi-AZ cannot be switched on, and the loss of the zone is the loss of the service.",
        link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_VPC.WorkingWithRDSInstanceinaVPC.html",
        fix="Name subnets of at least two zones in network.database_subnet_ids.",
        spec="network.database_subnet_ids",
        types=("aws_db_subnet_group",),
        arguments=("subnet_ids",),
        holds=_spans_zones,
    ),
    Policy(
        id="CAPGEN_33",
        title="Ensure PostgreSQL logs changes of its schema",
        severity=FindingSeverity.LOW,
        rationale="When a table or a role is gone, the first question is who removed it. PostgreSQL only writes that "
        "down with log_statement; checkov's own check, CKV2_AWS_30, passes for every database.",
        link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Concepts.PostgreSQL.Query_Logging.html",
        fix="Set database.parameters.log_statement to ddl, mod or all.",
        spec="database.parameters",
        types=("aws_db_parameter_group",),
        arguments=("parameter", "dynamic"),
        holds=_logs_statements,
    ),
)
