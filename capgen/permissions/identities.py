"""Read roles, users and groups: their own policies, those attached to them, and who may assume a role."""

import re
from collections.abc import Iterator

from capgen.evaluate import Block
from capgen.permissions.ledger import Entry, Ledger

_KINDS = {"role": "aws_iam_role", "user": "aws_iam_user", "group": "aws_iam_group"}
_CREDENTIALS = {"aws_iam_access_key": "access key", "aws_iam_user_login_profile": "password"}
_OF_AWS = re.compile(r"arn:[^:]*:iam::aws:policy/.*")


def read_identities(ledger: Ledger) -> None:
    """Add every role, user and group with its statements, and the policies of the root that nobody holds."""
    for kind, type in _KINDS.items():
        for block in ledger.blocks(type):
            _own(ledger, ledger.entry(block, kind), block)
        for block in ledger.blocks(f"{type}_policy"):
            ledger.read(ledger.entry_of(block.body.get(kind), type, kind, block), block.body.get("policy"), block)
    attached = {policy for entry, arn, block in _attachments(ledger) if (policy := _attach(ledger, entry, arn, block))}
    _memberships(ledger)
    for type, what in _CREDENTIALS.items():
        for block in ledger.blocks(type):
            entry = ledger.entry_of(block.body.get("user"), "aws_iam_user", "user", block)
            entry.opaque.append(
                f"Whoever has its {what} acts as it: {block.address} makes one, which the state may hold."
            )
    for block in ledger.blocks("aws_iam_policy"):
        if block.address not in attached:
            ledger.read(ledger.entry(block, "policy"), block.body.get("policy"), block)


def _own(ledger: Ledger, entry: Entry, block: Block) -> None:
    if "permissions_boundary" in block.body:
        entry.boundary = ledger.shown(block.body["permissions_boundary"])
    if entry.kind == "role":
        ledger.trust(entry, block.body.get("assume_role_policy"), block)
    inline = block.body.get("inline_policy", [])
    for part in inline if isinstance(inline, list) else [inline]:
        ledger.read(entry, part.get("policy") if isinstance(part, dict) else part, block)


def _attachments(ledger: Ledger) -> Iterator[tuple[Entry, object, Block]]:
    """Yield each holder with the ARN of a policy that it holds, and the resource that says so."""
    for kind, type in _KINDS.items():
        for block in ledger.blocks(f"{type}_policy_attachment"):
            yield ledger.entry_of(block.body.get(kind), type, kind, block), block.body.get("policy_arn"), block
        for block in ledger.blocks("aws_iam_policy_attachment"):
            for name in _listed(block.body.get(f"{kind}s")):
                yield ledger.entry_of(name, type, kind, block), block.body.get("policy_arn"), block
    for block in ledger.blocks("aws_iam_role"):
        for arn in _listed(block.body.get("managed_policy_arns")):
            yield ledger.entry(block, "role"), arn, block


def _attach(ledger: Ledger, entry: Entry, arn: object, block: Block) -> str | None:
    """Add a managed policy to a holder, and return its address; None for one that is not of this root."""
    policy = ledger.find(arn, "aws_iam_policy")
    if policy is not None:
        ledger.read(entry, policy.body.get("policy"), policy)
        return policy.address
    name = ledger.shown(arn)
    owner = "AWS's managed policy" if _OF_AWS.fullmatch(name) else "The managed policy"
    entry.opaque.append(f"{owner} {name} is attached by {block.address}: what it allows is not written here.")
    return None


def _memberships(ledger: Ledger) -> None:
    """Give the members of a group what the group may do."""
    pairs = [(user, block.body.get("group"), block) for block in ledger.blocks("aws_iam_group_membership")
             for user in _listed(block.body.get("users"))]  # fmt: skip
    pairs += [(block.body.get("user"), group, block) for block in ledger.blocks("aws_iam_user_group_membership")
              for group in _listed(block.body.get("groups"))]  # fmt: skip
    for user, group, block in pairs:
        member, found = ledger.entry_of(user, "aws_iam_user", "user", block), ledger.find(group, "aws_iam_group")
        if found is None:
            name = ledger.shown(group)
            member.opaque.append(f"It is a member of the group {name}, and what that may do is not written here.")
            continue
        granted = ledger.entry(found, "group")
        member.statements += [statement for statement in granted.statements if statement not in member.statements]
        member.opaque += granted.opaque


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [] if value is None else [value]
