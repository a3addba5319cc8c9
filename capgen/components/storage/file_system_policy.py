"""The policy of the file system."""

from capgen.terraform.expression import Expr
from capgen.terraform.iam import deny_everyone, policy
from capgen.terraform.module import Module

_ROOT = "elasticfilesystem:ClientRootAccess"
_CLIENT = ("elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite", _ROOT)


def file_system_policy(module: Module, files: Expr, entrance: Expr) -> Expr:
    """Deny what no one may do, and allow nothing: that is for the role that mounts.

    A file system without a policy lets any client mount that reaches it, without credentials. With this one a client
    needs a role whose own policy allows it, and even then TLS, the access point, and no root.
    https://docs.aws.amazon.com/efs/latest/ug/iam-access-control-nfs-efs.html
    """
    arn = files["arn"]
    return module.resource("aws_efs_file_system_policy", "this", {
        "file_system_id": files["id"],
        "policy": policy(
            deny_everyone("TlsOnly", _CLIENT, [arn], {"Bool": {"aws:SecureTransport": "false"}}),
            deny_everyone(
                "AccessPointOnly", _CLIENT, [arn],
                {"StringNotEquals": {"elasticfilesystem:AccessPointArn": str(entrance["arn"])}},
            ),
            deny_everyone(
                "NeverRoot", [_ROOT], [arn], {"Bool": {"elasticfilesystem:AccessedViaMountTarget": "true"}}
            ),
        ),
    })  # fmt: skip
