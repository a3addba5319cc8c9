"""The managed policies that identities hold, in whichever resource that is written."""

from typing import Any

from capgen.scan.policies.policy import Subject

#: Resources that give identities managed policies. The role names some itself.
ATTACHMENTS = ("aws_iam_role_policy_attachment", "aws_iam_user_policy_attachment", "aws_iam_group_policy_attachment",
               "aws_iam_policy_attachment", "aws_iam_role_policy_attachments_exclusive",
               "aws_iam_user_policy_attachments_exclusive", "aws_iam_group_policy_attachments_exclusive")  # fmt: skip


def attached(subject: Subject) -> list[str]:
    """Return the ARNs of the managed policies that a resource attaches, or the text that stands for them."""
    named = (subject.body.get(name) for name in ("policy_arn", "policy_arns", "managed_policy_arns"))
    return [text for value in named for text in texts(value)]


def texts(value: Any) -> list[str]:
    """Return the texts of an argument that has one, several or none."""
    return [str(each) for each in (value if isinstance(value, list) else [value]) if each not in (None, "")]
