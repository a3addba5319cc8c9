"""What the schema cannot say about who may connect."""

import ipaddress
from collections.abc import Iterator

from capgen.diagnostics import Severity
from capgen.load import SpecPath
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule

_RULES_LINK = "https://docs.aws.amazon.com/vpc/latest/userguide/security-group-rules.html"
_WORLD = "0.0.0.0/0"


def _ranges(deployment: RegionalDeployment) -> Iterator[tuple[SpecPath, str]]:
    access = deployment.access
    for field in ("web_cidrs", "management_cidrs", "database_cidrs"):
        for index, cidr in enumerate(getattr(access, field)):
            yield ("access", field, index), cidr
    for index, rule in enumerate(access.egress):
        yield ("access", "egress", index, "cidr"), rule.cidr


def _valid_cidr(deployment: RegionalDeployment) -> Iterator[Problem]:
    for path, cidr in _ranges(deployment):
        try:
            network = ipaddress.IPv4Network(cidr, strict=False)
        except ValueError:
            yield Problem(path=path, message=f"{cidr} is not an IPv4 range", value=cidr,
                          allowed="four numbers from 0 to 255, a slash and a prefix length from 0 to 32")  # fmt: skip
            continue
        if str(network) != cidr:
            yield Problem(path=path, message=f"{cidr} has bits set beyond its prefix length", value=cidr,
                          allowed="a network address", hint=f'write "{network}" for the range, or '
                          f'"{cidr.partition("/")[0]}/32" for the one address')  # fmt: skip


def _private_ports_not_open_to_the_world(deployment: RegionalDeployment) -> Iterator[Problem]:
    for field, what in (("management_cidrs", "management port"), ("database_cidrs", "database")):
        for index, cidr in enumerate(getattr(deployment.access, field)):
            if cidr == _WORLD:
                yield Problem(path=("access", field, index), message=f"the {what} would be open to the whole Internet",
                              value=cidr, hint="name the ranges that need it, such as the CAP Console's address",
                              severity=Severity.WARNING)  # fmt: skip


def _loopback(deployment: RegionalDeployment) -> Iterator[Problem]:
    for path, cidr in _ranges(deployment):
        if cidr.startswith("127."):
            yield Problem(path=path, message=f"{cidr} is a loopback range: no connection comes from it", value=cidr,
                          hint="an empty list, [], opens nothing")  # fmt: skip


def _distinct_egress(deployment: RegionalDeployment) -> Iterator[Problem]:
    seen: set[tuple[str, int]] = set()
    for index, rule in enumerate(deployment.access.egress):
        if (rule.cidr, rule.port) in seen:
            yield Problem(path=("access", "egress", index), message=f"{rule.cidr} port {rule.port} is allowed twice",
                          value=f"{rule.cidr}:{rule.port}", hint="remove one of them")  # fmt: skip
        seen.add((rule.cidr, rule.port))


RULES = (
    Rule(id="security-valid-cidr", title="A range is an IPv4 network without host bits",
         link="https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html", check=_valid_cidr),
    Rule(id="security-loopback", title="A range is one that connections can come from",
         link=_RULES_LINK, check=_loopback),
    Rule(id="security-open-to-the-world", title="Management and database are open to named ranges only",
         link=_RULES_LINK, check=_private_ports_not_open_to_the_world),
    Rule(id="security-distinct-egress", title="Each destination is allowed once",
         link=_RULES_LINK, check=_distinct_egress),
)  # fmt: skip
