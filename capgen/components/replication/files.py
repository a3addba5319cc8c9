"""The replication of the file system."""

from capgen.terraform.expression import Expr
from capgen.terraform.module import Module


def replicate_files(module: Module, region: Expr) -> Expr:
    """Replicate the source to a file system that exists. It becomes the source's copy, and what it had is gone.

    https://docs.aws.amazon.com/efs/latest/ug/replicate-existing-destination.html
    """
    return module.resource("aws_efs_replication_configuration", "this", {
        "source_file_system_id": _file_system(module, "source"),
        "destination": [{"file_system_id": _file_system(module, "destination"), "region": region}],
    })  # fmt: skip


def _file_system(module: Module, side: str) -> Expr:
    name = f"{side}_file_system_id"
    return module.variable(
        name, "string", f"ID of the file system that is the {side} of the replication.",
        validations=[(f'startswith(var.{name}, "fs-")', f"{name} must be the ID of a file system.")],
    )  # fmt: skip
