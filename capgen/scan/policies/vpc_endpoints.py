"""VPC endpoints: a way to AWS that does not end in somebody else's account."""

import re

from capgen.findings import FindingSeverity
from capgen.resources import table
from capgen.scan.policies.narrowing import narrows
from capgen.scan.policies.policy import Policy, Subject, all_hold, is_unknown
from capgen.scan.policies.statements import Statement, other_account, statements

#: Keys that say whose credentials a request is signed with, or whose resource it is about.
_OWN = frozenset({"aws:principalaccount", "aws:principalarn", "aws:principalorgid", "aws:principalorgpaths",
                  "aws:resourceaccount", "aws:resourceorgid", "aws:resourceorgpaths"})  # fmt: skip

#: `*`, `arn:aws:s3:::*`, `arn:aws:logs:*:*:*`: nothing in particular.
_ANYTHING = re.compile(r"\*|arn:[^:]*:[^:]*:[^:]*:[^:]*:[*?/]*")
_SERVICE = re.compile(r"(?:cn\.)?com\.amazonaws\.[a-z0-9-]+\.(?P<service>[a-z0-9.-]+)")


def _serves_its_own(subject: Subject) -> bool | None:
    named = subject.body.get("service_name")
    service = _SERVICE.fullmatch(str(named))
    if service is None:
        return None if is_unknown(named) else True
    if service["service"] not in table("aws/vpc_endpoints.json")["policy"]:
        return True
    document = subject.body.get("policy")
    found = statements(document)
    if found is None:
        return None if document else False
    return all_hold(_is_narrow(each) for each in found if each.allows)


def _is_narrow(statement: Statement) -> bool | None:
    if narrows(statement, _OWN):
        return True
    if any(is_unknown(key) for key in statement.condition_keys()):
        return None
    if statement.resources and not any(map(_ANYTHING.fullmatch, statement.resources)):
        return True
    if statement.not_principals or statement.is_for_everyone:
        return False
    return not any(other_account(name) for _, name in statement.principals)


POLICIES = (
    Policy(
        id="CAPGEN_37",
        title="Ensure VPC endpoints serve the deployment's own account",
        severity=FindingSeverity.MEDIUM,
        rationale="An endpoint without a policy passes on whatever is asked with whatever credentials. Whoever gets "
        "into a task can then carry data out through it into an account of their own, past every route and every "
        "security group, and a VPC without a way to the Internet does not stop it.",
        link="https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html",
        fix="Give the endpoint a policy with a condition on aws:PrincipalAccount, as capgen does for those it creates.",
        spec="network.vpc_endpoints",
        types=("aws_vpc_endpoint",),
        arguments=("policy", "service_name"),
        holds=_serves_its_own,
    ),
)
