"""The conditions of a statement in words."""

import re

from capgen.permissions.condition import Condition
from capgen.permissions.words.listing import listing
from capgen.permissions.words.principals import service
from capgen.permissions.words.things import account, plain, thing
from capgen.resources import table

_TABLED = re.compile(r"(?:String|Arn)(?:Not)?(?:Equals|Like|EqualsIgnoreCase)|(?:Not)?IpAddress|Bool")


def clause(condition: Condition) -> str:
    """Return a condition as a clause that follows what it restricts: `without TLS`, `through Secrets Manager (…)`."""
    words = table("aws/iam_terms.json")["conditions"].get(condition.key.casefold(), {})
    if not _TABLED.fullmatch(condition.test) or ":" in condition.operator or not condition.values:
        words = {}
    if condition.test == "Bool":
        said = words.get(condition.values[0].casefold()) if len(condition.values) == 1 else None
    else:
        said = words.get("not" if condition.negated else "is")
    if said is None:
        return f"where {plain(condition.sentence)}"
    text = str(said).replace("{}", listing([_value(value, condition) for value in condition.values], "or"))
    return f"{text} (or where the request has no {condition.key})" if condition.operator != condition.test else text


def _value(text: str, condition: Condition) -> str:
    if re.search(r"[*?]", text):
        if "Like" not in condition.test and "Arn" not in condition.test and "Ip" not in condition.test:
            return f'exactly "{plain(text)}"'
        if text == "*":
            return "* (anything)"
    if text.startswith("arn:") or condition.key.casefold().endswith("arn"):
        return thing(text)
    if condition.key.casefold().endswith("account"):
        return account(text)
    return service(text)
