"""The statements of an IAM policy document, read with what IAM lets a writer leave out.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html
"""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import lru_cache
from typing import Any

#: Policies that say what their holder may do. Those of a role may stand inside it.
IDENTITY_POLICIES = ("aws_iam_role_policy", "aws_iam_user_policy", "aws_iam_group_policy", "aws_iam_policy",
                     "aws_iam_role")  # fmt: skip

_OWN_ACCOUNT = "${data.aws_caller_identity."
_ROOT_OF_ACCOUNT = re.compile(r"arn:[^:]*:iam::\d{12}:root|\d{12}")


@dataclass(frozen=True, kw_only=True)
class Statement:
    """One statement. `principals` are pairs of a kind (`AWS`, `Service`, `Federated`) and a name.

    `conditions` are triples of an operator, a key in lower case and its values.
    """

    allows: bool
    actions: tuple[str, ...]
    resources: tuple[str, ...]
    not_actions: tuple[str, ...] = ()
    not_resources: tuple[str, ...] = ()
    principals: tuple[tuple[str, str], ...] = ()
    not_principals: bool = False
    conditions: tuple[tuple[str, str, tuple[str, ...]], ...] = ()

    @property
    def is_for_everyone(self) -> bool:
        """Say whether it is about every principal of every account, and about those who sign nothing."""
        return any(kind in ("*", "AWS") and name == "*" for kind, name in self.principals)

    def condition_keys(self) -> set[str]:
        """Return the keys that it turns on, in lower case."""
        return {key for _, key, _ in self.conditions}

    def covers_action(self, action: str) -> bool:
        """Say whether it is about an action, such as `s3:GetObject`."""
        if self.not_actions:
            return not any(_matches(pattern, action) for pattern in self.not_actions)
        return any(_matches(pattern, action) for pattern in self.actions)


def statements(document: Any) -> list[Statement] | None:
    """Return the statements of a document, or None when only AWS knows it."""
    if not isinstance(document, Mapping):
        return None
    found: Any = next((value for name, value in document.items() if str(name).lower() == "statement"), [])
    items = found if isinstance(found, list) else [found]
    return [_statement(item) for item in items] if all(isinstance(item, Mapping) for item in items) else None


def documents(type: str, body: Mapping[str, Any]) -> list[Any]:
    """Return the policies of a resource: its own, and those that stand inside a role. None is what only AWS knows."""
    if type != "aws_iam_role":
        return [body["policy"]] if body.get("policy") else []
    inline = body.get("inline_policy") or []
    return [_decoded(each.get("policy")) if isinstance(each, Mapping) else None
            for each in (inline if isinstance(inline, list) else [inline]) if each]  # fmt: skip


def _decoded(value: Any) -> Any:
    try:
        return json.loads(value) if isinstance(value, str) else value
    except ValueError:
        return None


def other_account(name: str) -> bool:
    """Say whether a principal is the whole of an account that is named by its number."""
    return _ROOT_OF_ACCOUNT.fullmatch(name) is not None


def own_account(name: str) -> bool:
    """Say whether a principal is of the account that Terraform runs in."""
    return _OWN_ACCOUNT in name


def _statement(item: Mapping[str, Any]) -> Statement:
    """Read a statement. Elements are found however they are written: one that is not read would pass unseen."""
    told = {str(name).lower(): value for name, value in item.items()}
    return Statement(
        allows=str(told.get("effect")).lower() == "allow",
        actions=_texts(told.get("action")),
        resources=_texts(told.get("resource")),
        not_actions=_texts(told.get("notaction")),
        not_resources=_texts(told.get("notresource")),
        principals=tuple(_principals(told.get("principal"))),
        not_principals="notprincipal" in told,
        conditions=tuple(_conditions(told.get("condition"))),
    )


def _texts(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)


def _principals(value: Any) -> Iterator[tuple[str, str]]:
    if isinstance(value, Mapping):
        for kind, names in value.items():
            yield from ((str(kind), name) for name in _texts(names))
    else:
        yield from (("*" if name == "*" else "AWS", name) for name in _texts(value))


def _conditions(value: Any) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    for operator, keys in value.items() if isinstance(value, Mapping) else ():
        for key, values in keys.items() if isinstance(keys, Mapping) else ():
            yield str(operator), str(key).lower(), tuple(text.lower() for text in _texts(values))


@lru_cache(maxsize=16_384)
def _matches(pattern: str, action: str) -> bool:
    return fnmatchcase(action.lower(), pattern.lower().replace("[", "[[]"))
