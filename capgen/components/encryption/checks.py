"""What the encryption module's own test holds it to."""

from capgen.components.encryption.plan import Shape
from capgen.terraform.checks import Check, Checks

_STATEMENTS = "jsondecode(aws_kms_key.this.policy).Statement"
_CREATED = (
    Check("aws_kms_key.this.enable_key_rotation", "The key must be rotated."),
    Check(
        "aws_kms_key.this.deletion_window_in_days == var.deletion_window_in_days",
        "The key must wait for deletion as long as deletion_window_in_days says.",
    ),
    Check(
        f"[for each in {_STATEMENTS} : each.Principal] == "
        '[{ AWS = format("arn:%s:iam::%s:root", var.partition, var.account_id) }, '
        '{ Service = format("logs.%s.%s", var.region, var.dns_suffix) }]',
        "The key's policy must name the account itself and CloudWatch Logs, and no one else.",
    ),
    Check(
        f'toset(try({_STATEMENTS}[1].Condition.ArnLike["kms:EncryptionContext:aws:logs:arn"], [])) '
        "== toset(var.log_group_arns)",
        "CloudWatch Logs may use the key for the log groups of log_group_arns alone.",
    ),
    Check("aws_kms_alias.this.target_key_id == aws_kms_key.this.key_id", "The alias must be that of the key."),
    Check("output.key_arn == aws_kms_key.this.arn", "key_arn must be the key's."),
)


def checks(shape: Shape) -> Checks:
    """Hold a key of the module's own to rotation and a closed policy, and any other to being passed on as it is."""
    match shape.key:
        case "created":
            return Checks(
                example={
                    "alias": "alias/example",
                    "deletion_window_in_days": 30,
                    "log_group_arns": ["arn:aws:logs:eu-west-1:123456789012:log-group:/ecs/example"],
                },
                holds=_CREATED,
                refused={"deletion_window_in_days": 6},
            )
        case "existing":
            arn = "arn:aws:kms:eu-west-1:123456789012:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"
            passed_on = Check("output.key_arn == var.key_arn", "key_arn must be the existing key's.")
            return Checks(example={"key_arn": arn}, holds=(passed_on,))
        case "aws":
            return Checks(example={}, holds=(Check("output.key_arn == null", "key_arn must be null."),))
