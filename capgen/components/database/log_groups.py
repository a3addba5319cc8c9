"""The log groups of the instance."""

from capgen.terraform.expression import Expr
from capgen.terraform.functions import toset
from capgen.terraform.module import Module


def log_groups(module: Module, identifier: Expr, exports: Expr) -> Expr:
    """Make the groups before RDS does: those that it makes itself are not encrypted with the key and never expire.

    https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_LogAccess.Concepts.PostgreSQL.html
    """
    return module.resource("aws_cloudwatch_log_group", "export", {
        "for_each": toset(exports),
        "name": f"/aws/rds/instance/{identifier}/${{each.value}}",
        "retention_in_days": module.variable("log_retention_in_days", "number", "Days that log events are kept."),
        "kms_key_id": module.variable(
            "kms_key_arn", "string", "ARN of the key that encrypts the log groups; null for none.", nullable=True
        ),
    })  # fmt: skip
