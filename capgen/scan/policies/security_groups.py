"""Who may connect: rules that let in the world, or leave the protocol open."""

from collections.abc import Callable

from capgen.findings import FindingSeverity
from capgen.scan.policies.policy import Policy, Subject, all_hold
from capgen.scan.policies.security_rule import GROUPS, SecurityRule, rules

_INGRESS = ("aws_vpc_security_group_ingress_rule", *GROUPS, "aws_security_group_rule")
_EGRESS = ("aws_vpc_security_group_egress_rule", *GROUPS, "aws_security_group_rule")

#: SQL Server, Oracle, NFS, MySQL, Redshift, PostgreSQL, Redis, Elasticsearch, Memcached, MongoDB.
_DATA = frozenset({1433, 1521, 2049, 3306, 5439, 5432, 6379, 9200, 11211, 27017})
#: SSH, RDP, WinRM, and the port on which the CAP Console manages an agent.
_MANAGEMENT = frozenset({22, 3389, 5985, 5986, 20001})


def _closed(*, opened: Callable[[SecurityRule], bool | None]) -> Callable[[Subject], bool | None]:
    """Fail on a rule that lets in the world and opens what it must not."""

    def holds(subject: Subject) -> bool | None:
        return all_hold(_not_both(rule.lets_in_the_world, opened(rule)) for rule in rules(subject, "ingress"))

    return holds


def _not_both(one: bool | None, other: bool | None) -> bool | None:
    if one is False or other is False:
        return True
    return False if one and other else None


def _beyond_web(rule: SecurityRule) -> bool | None:
    alone = rule.is_web_alone
    return None if alone is None else not alone


def _named(direction: str) -> Callable[[Subject], bool | None]:
    return lambda subject: all_hold(rule.names_a_protocol for rule in rules(subject, direction))


_RANGES = ("cidr_ipv4", "cidr_ipv6", "cidr_blocks", "ipv6_cidr_blocks", "ingress")
_LINK = "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html"

POLICIES = (
    Policy(
        id="CAPGEN_2",
        title="Ensure only ports 80 and 443 are open to the world",
        severity=FindingSeverity.CRITICAL,
        rationale="Every address of the Internet is probed around the clock. A port that is open to all of it is "
        "found within minutes, and the first flaw or weak password behind it lets an attacker in.",
        link=_LINK,
        fix="Narrow the ranges in access to the networks that need the port.",
        spec="access",
        types=_INGRESS,
        arguments=_RANGES,
        holds=_closed(opened=_beyond_web),
    ),
    Policy(
        id="CAPGEN_3",
        title="Ensure ingress rules name a protocol",
        severity=FindingSeverity.HIGH,
        rationale="A rule for all protocols opens every port, also those of what is installed next year. Whoever is "
        "let in for one purpose can then try all the others.",
        link=_LINK,
        fix="Name the protocol and the ports that the traffic uses.",
        spec="access",
        types=_INGRESS,
        arguments=("ip_protocol", "protocol", "ingress"),
        holds=_named("ingress"),
    ),
    Policy(
        id="CAPGEN_4",
        title="Ensure egress rules name a protocol",
        severity=FindingSeverity.MEDIUM,
        rationale="An attacker who runs code in a task needs a way out, to load tools and to carry data away. A rule "
        "for all protocols is every way at once, DNS tunnels and mail included.",
        link=_LINK,
        fix="Name the protocol and the ports that the traffic uses in access.egress.",
        spec="access.egress",
        types=_EGRESS,
        arguments=("ip_protocol", "protocol", "egress"),
        holds=_named("egress"),
    ),
    Policy(
        id="CAPGEN_8",
        title="Ensure no database or file system port is open to the world",
        severity=FindingSeverity.CRITICAL,
        rationale="Databases are what attackers scan for: an open port needs one guessed or leaked password, and the "
        "data is gone or held to ransom. Nothing in the topology needs it, as the tasks are let in by their group.",
        link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Overview.RDSSecurityGroups.html",
        fix="Name the networks that need direct access in access.database_cidrs, or leave it empty.",
        spec="access.database_cidrs",
        types=_INGRESS,
        arguments=_RANGES,
        holds=_closed(opened=lambda rule: rule.opens(_DATA)),
    ),
    Policy(
        id="CAPGEN_9",
        title="Ensure no management port is open to the world",
        severity=FindingSeverity.CRITICAL,
        rationale="Whoever reaches a management port can stop, change and replace what runs behind it. The CAP Console "
        "is the only client of port 20001, and SSH and RDP have none in this topology.",
        link=_LINK,
        fix="Name the CAP Console's address alone in access.management_cidrs.",
        spec="access.management_cidrs",
        types=_INGRESS,
        arguments=_RANGES,
        holds=_closed(opened=lambda rule: rule.opens(_MANAGEMENT)),
    ),
)
