"""The services of AWS that a deployment uses beside its network: where data, keys and logs lie."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from capgen.evaluate import Block, Flattened, blocks, reference
from capgen.report.topology.badges import Badge
from capgen.report.topology.copies import RECEIVES_COPIES, receives_copies, replicas
from capgen.report.topology.stacks import stack_secrets

_SECRETS = "Secrets Manager"
_SERVICES: Mapping[str, Mapping[str, tuple[str, str]]] = {
    "S3": {"aws_s3_bucket": ("bucket", "buckets")},
    _SECRETS: {"aws_secretsmanager_secret": ("secret", "secrets")},
    "KMS": {"aws_kms_key": ("key", "keys")},
    "CloudWatch Logs": {"aws_cloudwatch_log_group": ("group", "groups")},
    "Lambda": {"aws_lambda_function": ("function", "functions")},
    "IAM": {"aws_iam_role": ("role", "roles"), "aws_iam_user": ("user", "users")},
    "CloudFormation": {"aws_cloudformation_stack": ("stack", "stacks")},
}


@dataclass(frozen=True, kw_only=True)
class Service:
    """A service with what of it is used: `2 buckets`. `addresses` are its resources, and stacks that make some."""

    name: str
    words: str
    addresses: tuple[str, ...]
    badges: tuple[Badge, ...] = ()


def services(flattened: Flattened) -> tuple[Service, ...]:
    """Return the services, those that hold data first."""
    found = []
    for name, types in _SERVICES.items():
        members = [block for block in blocks(flattened, *types) if not block.is_data]
        if name == _SECRETS:
            members += stack_secrets(flattened)
        counts = dict.fromkeys(types.values(), 0)
        for block in members:
            counts[types.get(block.type) or next(iter(types.values()))] += 1
        told = ", ".join(f"{number} {one if number == 1 else many}" for (one, many), number in counts.items() if number)
        if members:
            found.append(Service(name=name, words=told, addresses=tuple(sorted({block.address for block in members})),
                                 badges=tuple(_badges(next(iter(types)), members, flattened))))  # fmt: skip
    return tuple(found)


def _badges(type: str, members: Sequence[Block], flattened: Flattened) -> Iterator[Badge]:
    if type == "aws_s3_bucket":
        closed = _named_by(flattened, "aws_s3_bucket_public_access_block", "bucket")
        blocked = all(block.name in closed for block in members)
        yield (Badge(text="no public access", tone="good", icon="lock") if blocked
               else Badge(text="public access possible", tone="bad", icon="alert"))  # fmt: skip
        if any(receives_copies(block, flattened) for block in members):
            yield RECEIVES_COPIES
    replicated = sum(bool(replicas(block)) for block in members)
    if replicated:
        yield Badge(text=f"{replicated} replicated", tone="plain")
    made = sum(block.type != type for block in members) if type == "aws_secretsmanager_secret" else 0
    if made:
        yield Badge(text=f"{made} made by a stack", tone="plain")
    if type == "aws_kms_key" and all(block.body.get("enable_key_rotation") is True for block in members):
        yield Badge(text="rotated", tone="good")
    if type == "aws_cloudwatch_log_group" and all("kms_key_id" in block.body for block in members):
        yield Badge(text="own key", tone="good", icon="lock")


def _named_by(flattened: Flattened, type: str, argument: str) -> set[str]:
    """Return the names of the blocks that those of a type refer to."""
    switches = ("block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets")
    found = (reference(block.body.get(argument)) for block in blocks(flattened, type)
             if all(block.body.get(switch) is True for switch in switches))  # fmt: skip
    return {each[0] for each in found if each}
