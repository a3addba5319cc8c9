"""The access point: the directory that tasks see, and the user that all their file operations use."""

from capgen.terraform.expression import Expr
from capgen.terraform.module import Module

_MAX_ID = 4294967295


def access_point(module: Module, files: Expr, name: Expr) -> Expr:
    """Make the access point. Where it has to be replaced, the new one is there before the old one goes.

    https://docs.aws.amazon.com/efs/latest/ug/efs-access-points.html
    """
    uid = _posix_id(module, "uid", "user")
    gid = _posix_id(module, "gid", "group")
    permissions = module.variable(
        "directory_permissions", "string", "Octal mode of the directory when it is made.",
        validations=[('can(regex("^0?[0-7]{3}$", var.directory_permissions))',
                      "directory_permissions must be an octal mode such as 0750.")],
    )  # fmt: skip
    return module.resource("aws_efs_access_point", "this", {
        "file_system_id": files["id"],
        "posix_user": [{"uid": uid, "gid": gid}],
        "root_directory": [{
            "path": module.variable("directory", "string", "Directory of the file system that tasks see as its root."),
            "creation_info": [{"owner_uid": uid, "owner_gid": gid, "permissions": permissions}],
        }],
        "tags": {"Name": name},
        "lifecycle": {"create_before_destroy": True},
    })  # fmt: skip


def _posix_id(module: Module, name: str, kind: str) -> Expr:
    return module.variable(
        name, "number", f"POSIX {kind} ID that all file operations use. Not root.",
        validations=[(f"var.{name} >= 1 && var.{name} <= {_MAX_ID}", f"{name} must be from 1 to {_MAX_ID}.")],
    )  # fmt: skip
