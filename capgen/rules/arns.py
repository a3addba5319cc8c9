"""Rules of the ARNs that a spec names: each is of the partition, and a role of the account, that it is used in."""

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from capgen.load import SpecPath
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule
from capgen.region_facts import partition_of

_FREE_TEXT: frozenset[SpecPath] = frozenset(
    {("agent", "environment"), ("database", "parameters"), ("policy",), ("tags",)}
)
"""Where an ARN is whatever the user means by it."""

_PROSE = frozenset({"command", "description", "external_id"})
"""The fields of which the same is true wherever they stand."""

_PARTS = 6
"""How many parts an ARN has at least: https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html"""


def _partition(deployment: RegionalDeployment) -> Iterator[Problem]:
    """Refuse an ARN of another partition: no role, key or certificate is used across partitions.

    One that is of another region, and right for that, is left to the rule that wants it in this region.
    """
    for path, text in _texts(deployment, ()):
        parts = text.split(":")
        if parts[0] != "arn" or len(parts) < _PARTS:
            continue
        partition, place = parts[1], parts[3]
        home = (deployment.state.region or deployment.region) if path[0] == "state" else deployment.region
        expected = partition_of(home)
        elsewhere = place not in ("", home) and partition_of(place) == partition
        if expected is not None and partition != expected and not elsewhere:
            yield Problem(
                path=path,
                message=f"the ARN is of partition {partition}, but {home} is in {expected}",
                value=text,
                allowed=f"an ARN that begins with arn:{expected}:",
                hint=f"set {path[0]} under regions.{deployment.region}",
            )


def _texts(value: Any, path: SpecPath) -> Iterator[tuple[SpecPath, str]]:
    """Yield every text of the values that AWS gives a meaning."""
    if path in _FREE_TEXT:
        return
    if isinstance(value, str):
        yield path, value
    elif is_dataclass(value):
        for field in fields(value):
            if field.name in _PROSE:
                continue
            yield from _texts(getattr(value, field.name), (*path, field.name))
    elif isinstance(value, Mapping):
        for key in sorted(value):
            yield from _texts(value[key], (*path, key))
    elif isinstance(value, tuple | list):
        for index, item in enumerate(value):
            yield from _texts(item, (*path, index))


def _role_of_account(deployment: RegionalDeployment) -> Iterator[Problem]:
    """Refuse a role of another account than the region's: Terraform would stop before it asks AWS for anything."""
    role, account = deployment.assume_role, deployment.account_id
    if role is None or account is None:
        return
    owner = role.role_arn.split(":")[4]
    if owner != account:
        yield Problem(
            path=("assume_role", "role_arn"),
            message=f"the role belongs to account {owner}, the deployment to account {account}",
            value=role.role_arn,
            allowed=f"a role of account {account}",
            hint="set account_id and assume_role together, under each region where accounts differ",
        )


RULES = (
    Rule(id="deployment-arn-partition", title="What a spec names is in the partition that uses it",
         link="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html", check=_partition),
    Rule(id="deployment-role-account", title="The role that Terraform assumes is of the region's account",
         link="https://registry.terraform.io/providers/hashicorp/aws/latest/docs#assuming-an-iam-role",
         check=_role_of_account),
)  # fmt: skip
