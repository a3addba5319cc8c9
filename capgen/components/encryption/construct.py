"""Make the key, or pass on one that exists."""

from capgen.components.encryption.plan import Shape
from capgen.terraform.expression import Expr
from capgen.terraform.iam import allow_principal, policy
from capgen.terraform.module import Module

_KEY_ARN = "ARN of the customer managed key; null where AWS's own keys are used."


def construct(module: Module, shape: Shape) -> None:
    """Output `key_arn`, which every other module encrypts with."""
    if shape.key == "created":
        module.output("key_arn", _key(module)["arn"], _KEY_ARN)
    elif shape.key == "existing":
        module.output("key_arn", module.variable("key_arn", "string", "ARN of the existing key."), _KEY_ARN)
    else:
        module.output("key_arn", Expr("null"), _KEY_ARN)


def _key(module: Module) -> Expr:
    """Make the key with its alias. Rotated yearly, and deletable only after a wait: what it encrypts dies with it."""
    name = module.variable("name", "string", "Name of the deployment.")
    window = module.variable(
        "deletion_window_in_days", "number", "Days between the deletion of the key and its end.",
        validations=[("var.deletion_window_in_days >= 7 && var.deletion_window_in_days <= 30",
                      "deletion_window_in_days must be from 7 to 30.")],
    )  # fmt: skip
    key = module.resource("aws_kms_key", "this", {
        "description": f"Encrypts the data of {name}",
        "enable_key_rotation": True,
        "deletion_window_in_days": window,
        "policy": _key_policy(module),
    })  # fmt: skip
    alias = module.variable("alias", "string", "Alias of the key.")
    module.resource("aws_kms_alias", "this", {"name": alias, "target_key_id": key["key_id"]})
    return key


def _key_policy(module: Module) -> str:
    """Let the account's IAM policies decide who uses the key, and CloudWatch Logs use it for this deployment's groups.

    https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/encrypt-log-data-kms.html
    """
    account_id = module.variable("account_id", "string", "AWS account ID.")
    partition = module.variable("partition", "string", "AWS partition.")
    region = module.variable("region", "string", "AWS region.")
    dns_suffix = module.variable("dns_suffix", "string", "DNS suffix of the partition's service principals.")
    log_group_arns = module.variable(
        "log_group_arns", "list(string)", "ARNs, or patterns, of the log groups to encrypt."
    )
    return policy(
        allow_principal("AccountDecides", {"AWS": f"arn:{partition}:iam::{account_id}:root"}, ["kms:*"], ["*"]),
        allow_principal(
            "CloudWatchLogs",
            {"Service": f"logs.{region}.{dns_suffix}"},
            ["kms:Encrypt", "kms:Decrypt", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
            ["*"],
            {"ArnLike": {"kms:EncryptionContext:aws:logs:arn": log_group_arns}},
        ),
    )
