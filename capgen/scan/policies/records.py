"""DNS records: a name leads to what this configuration makes, and Route 53 knows when it fails."""

from capgen.evaluate import reference
from capgen.findings import FindingSeverity
from capgen.scan.policies.checked_listener import asks_the_tasks
from capgen.scan.policies.policy import Policy, Subject, all_hold, is_unknown, nested, switch

_OF_ADDRESSES = frozenset({"A", "AAAA", "CNAME"})
_ROUTING = ("cidr", "failover", "geolocation", "geoproximity", "latency", "weighted")


def _leads_to_ours(subject: Subject) -> bool | None:
    body = subject.body
    if is_unknown(body.get("type")):
        return None
    if str(body.get("type")) not in _OF_ADDRESSES:
        return True
    records = body.get("records") or []
    targets = [*(alias.get("name") for alias in nested(body, "alias")),
               *(records if isinstance(records, list) else [records])]  # fmt: skip
    return all_hold(_is_ours(target) for target in targets) if targets else False


def _is_ours(target: object) -> bool | None:
    found = reference(target)
    if found is None:
        return None if is_unknown(target) else False
    return None if found[0].startswith("data.") else True


def _tells_of_failure(subject: Subject) -> bool | None:
    if subject.type == "aws_route53_health_check":
        switches = (switch(subject.body.get(name)) for name in ("disabled", "invert_healthcheck"))
        return all_hold((*map(_not, switches), _asks_ours(subject), _is_used(subject), asks_the_tasks(subject)))
    if not any(nested(subject.body, f"{routing}_routing_policy") for routing in _ROUTING):
        return True
    aliases = nested(subject.body, "alias")
    if aliases:
        return all_hold(switch(alias.get("evaluate_target_health")) for alias in aliases)
    return bool(subject.body.get("health_check_id"))


def _is_used(check: Subject) -> bool:
    """Say whether a record goes by a check, where there are records."""
    records = list(check.others("aws_route53_record"))
    return not records or any(check.is_meant_by(record.body.get("health_check_id"), record) for record in records)


def _asks_ours(check: Subject) -> bool | None:
    """Say whether a check asks what this configuration makes. One of alarms or of other checks asks nobody."""
    asked = [check.body.get(name) for name in ("fqdn", "ip_address") if check.body.get(name)]
    return all_hold(map(_is_ours, asked))


def _not(value: bool | None) -> bool | None:
    return None if value is None else not value


POLICIES = (
    Policy(
        id="CAPGEN_38",
        title="Ensure DNS names lead to what this configuration makes",
        severity=FindingSeverity.HIGH,
        rationale="A record that names an address or another's load balancer stays when that is gone. Whoever is given "
        "the address next gets the clients, under a name that they trust, and can have a certificate for it.",
        link="https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/protection-from-dangling-dns.html",
        fix="Refer to the load balancer's resource in the record's alias.",
        spec="dns",
        types=("aws_route53_record",),
        arguments=("alias", "records"),
        holds=_leads_to_ours,
    ),
    Policy(
        id="CAPGEN_39",
        title="Ensure Route 53 notices a region that fails",
        severity=FindingSeverity.MEDIUM,
        rationale="Without a look at the load balancer's health, or with a check that is disabled, inverted, asks "
        "somebody else or gets an answer that the tasks have no part in, Route 53 goes on sending clients to a region "
        "that is down. That is found out on the day for which the second region was built.",
        link="https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover.html",
        fix="Let the alias evaluate the health of its target, and let a health check ask a listener that forwards to "
        "the tasks.",
        spec="dns.health_check",
        types=("aws_route53_record", "aws_route53_health_check"),
        arguments=("disabled", "invert_healthcheck", "fqdn", "type", "port", "alias", "health_check_id"),
        holds=_tells_of_failure,
    ),
)
