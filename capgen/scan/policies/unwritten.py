"""Permissions that are not written in the configuration, and those that let their holder write more of them."""

from collections.abc import Mapping

from capgen.evaluate import reference
from capgen.findings import FindingSeverity
from capgen.scan.policies.attachments import ATTACHMENTS, attached, texts
from capgen.scan.policies.policy import Policy, Subject, all_hold, is_unknown
from capgen.scan.policies.statements import IDENTITY_POLICIES, statements
from capgen.scan.policies.statements import documents as policies_of

#: The arguments that name the role or group from which a resource has its permissions.
_HELD_BY: Mapping[str, tuple[str, ...]] = {
    "aws_db_instance": ("monitoring_role_arn",),
    "aws_ecs_task_definition": ("task_role_arn", "execution_role_arn"),
    "aws_iam_user_group_membership": ("groups",),
    "aws_lambda_function": ("role",),
}
_WRITTEN = ("aws_iam_policy.", "aws_iam_role.", "aws_iam_group.")

#: Actions that give somebody permissions: https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html
_WIDENING = (
    "iam:AddUserToGroup", "iam:AttachGroupPolicy", "iam:AttachRolePolicy", "iam:AttachUserPolicy",
    "iam:CreateAccessKey", "iam:CreateLoginProfile", "iam:CreatePolicyVersion", "iam:DeleteRolePermissionsBoundary",
    "iam:DeleteUserPermissionsBoundary", "iam:PutGroupPolicy", "iam:PutRolePermissionsBoundary", "iam:PutRolePolicy",
    "iam:PutUserPermissionsBoundary", "iam:PutUserPolicy", "iam:SetDefaultPolicyVersion",
    "iam:UpdateAssumeRolePolicy", "iam:UpdateLoginProfile", "kms:PutKeyPolicy", "lambda:AddPermission",
    "lambda:UpdateFunctionCode", "s3:PutBucketPolicy", "secretsmanager:PutResourcePolicy",
)  # fmt: skip


def _is_written(subject: Subject) -> bool | None:
    named = [text for name in _HELD_BY.get(subject.type, ()) for text in texts(subject.body.get(name))]
    return all_hold(map(_is_of_this_configuration, (*named, *attached(subject))))


def _is_of_this_configuration(text: str) -> bool | None:
    found = reference(text)
    if found is None:
        return None if text.startswith("${") else False
    return found[0].startswith(_WRITTEN) or (False if found[0].startswith("data.aws_iam_") else None)


def _widens_nothing(subject: Subject) -> bool | None:
    read = [statements(each) for each in policies_of(subject.type, subject.body)]
    grants = [each for found in read for each in found or () if each.allows]
    if any(each.covers_action(action) for each in grants for action in _WIDENING):
        return False
    is_open = None in read or any(is_unknown(action) for each in grants for action in each.actions)
    return None if is_open else True


POLICIES = (
    Policy(
        id="CAPGEN_34",
        title="Ensure permissions are written in this configuration",
        severity=FindingSeverity.HIGH,
        rationale="What a managed policy, a role or a group from elsewhere allows is in no file of the review, and its "
        "owner can change it afterwards. AWS's own policies are wide by design, and AWS adds to them.",
        link="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_managed-vs-inline.html",
        fix="Write the permissions down as a policy of the role, and use roles of this configuration.",
        spec="identity",
        types=("aws_iam_role", *ATTACHMENTS, *_HELD_BY),
        arguments=("managed_policy_arns", "policy_arn", "policy_arns", "task_role_arn", "execution_role_arn", "role",
                   "groups", "monitoring_role_arn"),
        holds=_is_written,
    ),
    Policy(
        id="CAPGEN_35",
        title="Ensure nobody can give themselves permissions",
        severity=FindingSeverity.HIGH,
        rationale="Whoever can attach or write a policy, make another user's access key or change the code of a "
        "function has every permission that there is to take, whatever else the policy says. It needs no wildcard: the "
        "own role is enough.",
        link="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html",
        fix="Take the actions out: permissions change through a review of this configuration.",
        spec="identity",
        types=IDENTITY_POLICIES,
        arguments=("policy", "inline_policy"),
        holds=_widens_nothing,
    ),
)  # fmt: skip
