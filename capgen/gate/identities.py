"""Put references back where a plan has the ids and ARNs that AWS gave."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from capgen.evaluate.language import Template, Unknown, Value
from capgen.gate.arguments import DOCUMENTS
from capgen.gate.instance import Instance

#: An id that says nothing but which resource it is: sg-0a1b2c3d, or a UUID.
_ID = re.compile(r"[a-z]{1,8}-[0-9a-f]{8,}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")

#: What may follow an ARN that stands in a longer text. A name that goes on is another resource's.
_END = r"(?![\w.-])"

#: Arguments that hold the name of another resource: its type, and the attribute that such a reference has.
_NAMES: Mapping[str, tuple[str, str]] = {
    "bucket": ("aws_s3_bucket", "id"),
    "db_subnet_group_name": ("aws_db_subnet_group", "name"),
    "function_name": ("aws_lambda_function", "function_name"),
    "group": ("aws_iam_group", "name"),
    "groups": ("aws_iam_group", "name"),
    "parameter_group_name": ("aws_db_parameter_group", "name"),
    "repository": ("aws_ecr_repository", "name"),
    "role": ("aws_iam_role", "name"),
    "roles": ("aws_iam_role", "name"),
    "target_bucket": ("aws_s3_bucket", "id"),
    "user": ("aws_iam_user", "name"),
    "users": ("aws_iam_user", "name"),
}


@dataclass(frozen=True, kw_only=True)
class Identities:
    """What AWS calls the resources of a plan. The values are references such as `aws_lb.load_balancer__this.arn`.

    `parts` are those that may stand in a longer text: ARNs, and in documents the number of the own account.
    """

    ids: Mapping[str, str]
    parts: Mapping[str, str]
    names: Mapping[tuple[str, str], str]
    _arn: re.Pattern[str]
    _arn_or_account: re.Pattern[str]

    @classmethod
    def of(cls, found: Sequence[Instance], names: Mapping[str, str]) -> "Identities":
        """Collect the ids of instances, whose names in the flattened root are given by address.

        An id that two data sources have is left as it is: it is no matter which of them is meant.
        """
        claims: dict[str, dict[str, str]] = {}
        named: dict[tuple[str, str], str] = {}
        for each in sorted(found, key=lambda each: (each.is_data, each.address)):
            name = names[each.address]
            for attribute, text in _identifiers(each):
                owners = claims.setdefault(text, {})
                if _is_of(each, text) and not each.is_data:
                    owners.clear()
                if not owners or (each.is_data and all(owner.startswith("data.") for owner in owners)):
                    owners.setdefault(name, f"{name}.{attribute}")
            if not each.is_data:
                named |= {(each.type, text): name for text in _names(each)}
        single = {text: next(iter(owners.values())) for text, owners in claims.items() if len(owners) == 1}
        arns = {text: reference for text, reference in single.items() if text.startswith("arn:")}
        account = _account(found, names)
        longest_first = sorted(arns, key=lambda text: (-len(text), text))
        arn = rf"(?:{'|'.join(map(re.escape, longest_first))}){_END}" if arns else r"(?!)"
        number = rf"(?<!\d)(?:{'|'.join(account)})(?!\d)" if account else r"(?!)"
        return cls(ids={text: reference for text, reference in single.items() if text not in arns},
                   parts=arns | account, names=named,
                   _arn=re.compile(arn), _arn_or_account=re.compile(f"{arn}|{number}"))  # fmt: skip

    def restored(self, value: Any, argument: str, owner: str) -> Value:
        """Return a value in which ids, ARNs and names are references. `argument` is what holds the value in `owner`."""
        if isinstance(value, list):
            return [self.restored(item, argument, owner) for item in value]
        if isinstance(value, Mapping):
            return {key: self.restored(item, str(key), owner) for key, item in value.items()}
        if isinstance(value, Template):
            parts = [self._split(part, argument, owner) if isinstance(part, str) else [part] for part in value.parts]
            return Template(tuple(piece for part in parts for piece in part))
        return self._text(value, argument, owner) if isinstance(value, str) else value

    def _text(self, text: str, argument: str, owner: str) -> Value:
        type, attribute = _NAMES.get(argument, ("", ""))
        name = self.names.get((type, text))
        if name is not None and owner.split(".", maxsplit=1)[0] != type:
            return Unknown(f"{name}.{attribute}")
        reference = self.ids.get(text)
        if reference is not None and not reference.startswith(f"{owner}."):
            return Unknown(reference)
        parts = self._split(text, argument, owner)
        if len(parts) == 1:
            return parts[0]
        return Template(tuple(parts)) if parts else ""

    def _split(self, text: str, argument: str, owner: str) -> list[str | Unknown]:
        """Split a text at the ARNs in it; a document also at the account."""
        pattern = self._arn_or_account if argument in DOCUMENTS else self._arn
        parts: list[str | Unknown] = []
        position = 0
        for match in pattern.finditer(text):
            reference = self.parts[match[0]]
            if not reference.startswith(f"{owner}."):
                parts += [text[position : match.start()], Unknown(reference)]
                position = match.end()
        return [part for part in (*parts, text[position:]) if part]


def _is_of(instance: Instance, text: str) -> bool:
    """Say whether an id is an instance's own, and not that of what it is about: its ARN then ends with it."""
    arn = instance.values.get("arn")
    return isinstance(arn, str) and (arn == text or arn.endswith((f"/{text}", f":{text}")))


def _account(found: Sequence[Instance], names: Mapping[str, str]) -> dict[str, str]:
    """Return the number of the account that Terraform runs in, where a data source asks for it."""
    for each in sorted(found, key=lambda each: each.address):
        number = each.values.get("account_id")
        if each.type == "aws_caller_identity" and isinstance(number, str) and number.isdecimal():
            return {number: f"{names[each.address]}.account_id"}
    return {}


def _identifiers(instance: Instance) -> Iterator[tuple[str, str]]:
    """Yield what no other resource is called: ARN, id, the id of a key, and the DNS name of a load balancer.

    Attributes come as a reference has them.
    """
    for attribute in ("arn", "id", "key_id"):
        value = instance.values.get(attribute)
        if isinstance(value, str) and (value.startswith("arn:") or _ID.fullmatch(value)):
            yield attribute, value
    dns_name = instance.values.get("dns_name")
    if instance.type == "aws_lb" and isinstance(dns_name, str) and dns_name:
        yield "dns_name", dns_name


def _names(instance: Instance) -> Iterator[str]:
    named = {type for type, _ in _NAMES.values()}
    if instance.type in named:
        for attribute in ("name", "id", "bucket", "function_name"):
            value = instance.values.get(attribute)
            if isinstance(value, str) and value:
                yield value
