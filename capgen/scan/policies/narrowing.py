"""Whether a condition keeps strangers out: not every condition on the right key does.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
"""

import re
from collections.abc import Callable, Collection

from capgen.scan.policies.statements import Statement

#: Operators that ask for a value. Those that ask for another one, for any, or only where the key is there, do not.
_OPERATORS = re.compile(r"(?:foranyvalue:)?(?:string(?:equals|equalsignorecase|like)|arn(?:equals|like))")

#: `*`, `o-*`, `repo:*`: anyone has such a value.
_OF_ANYONE = re.compile(r"(?:o-|\w+:)?[*?].*", re.DOTALL)
_ARN_PARTS = 6


def narrows(statement: Statement, keys: Collection[str] | Callable[[str], bool]) -> bool:
    """Say whether a condition of a statement asks for a value of one of these keys that not everyone has."""
    is_one: Callable[[str], bool] = keys if callable(keys) else keys.__contains__
    return any(
        is_one(key) and _OPERATORS.fullmatch(operator.lower()) and values and not any(map(_is_of_anyone, values))
        for operator, key, values in statement.conditions
    )


def _is_of_anyone(value: str) -> bool:
    parts = re.sub(r"\$\{[^}]*\}", "x", value).split(":", _ARN_PARTS - 1)
    if parts[0] != "arn" or len(parts) < _ARN_PARTS:
        return _OF_ANYONE.fullmatch(value) is not None
    account, rest = parts[4], parts[5]
    return bool(re.search(r"[*?]", account)) or (not account and rest.startswith(("*", "?")))
