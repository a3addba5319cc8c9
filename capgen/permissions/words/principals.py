"""Who a statement speaks of, in words."""

import re

from capgen.permissions.grant import Statement
from capgen.permissions.words.listing import listing
from capgen.permissions.words.things import account, plain, thing
from capgen.region_facts import dns_suffixes
from capgen.resources import table

_REGION = r"[a-z]{2,4}(?:-[a-z]+)+-\d+"
_ROOT = re.compile(r"(?:arn:[^:]*:iam::([^:]*):root|(\d{12}))")


def subject(statement: Statement) -> str:
    """Return whom a statement of a trust policy or of a resource's policy lets, or does not let, do something."""
    denied = statement.effect == "Deny"
    names = listing([_principal(name) for name in statement.principals], "or" if denied else "and")
    if "NotPrincipal" in statement.negated:
        return f"{'nobody' if denied else 'anybody'} except {names}"
    if "*" in statement.principals:
        return "nobody" if denied else "anybody"
    return names or "whoever AWS takes where no principal is named"


def service(principal: str) -> str:
    """Return a service by its principal: `CloudWatch Logs of eu-west-1 (logs.eu-west-1.amazonaws.com)`."""
    principal = plain(principal)
    suffixes = "|".join(map(re.escape, dns_suffixes()))
    found = re.fullmatch(rf"(.+?)(?:\.({_REGION}))?\.(?:{suffixes})", principal)
    if found is None:
        return principal
    name = table("aws/iam_terms.json")["principals"].get(found[1])
    region = f" of {found[2]}" if found[2] else ""
    return f"{name}{region} ({principal})" if name else f"the AWS service {principal}"


def _principal(text: str) -> str:
    kind, _, name = text.partition(" ")
    if kind == "Service":
        return service(name)
    if kind == "Federated":
        return f"whoever signs in through {thing(name)}"
    if kind == "CanonicalUser":
        return f"the account with the canonical user ID {name}"
    root = _ROOT.fullmatch(name)
    if root is not None:
        return f"{account(root[1] or root[2])} (its root user, and whoever its IAM policies allow)"
    return thing(name) if kind == "AWS" else text
