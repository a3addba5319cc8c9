"""Make the replications that the shape asks for."""

from capgen.components.replication.files import replicate_files
from capgen.components.replication.plan import Shape
from capgen.components.replication.snapshots import replicate_snapshots
from capgen.terraform.expression import Expr
from capgen.terraform.module import Module


def construct(module: Module, shape: Shape) -> None:
    """Output the role that S3 replicates with, null where no snapshots are replicated."""
    region = None
    if shape.files or shape.customer_managed_key:
        region = module.variable("destination_region", "string", "Region that the data is replicated to.")
    if shape.files and region is not None:
        replicate_files(module, region)
    role = replicate_snapshots(module, region if shape.customer_managed_key else None) if shape.snapshots else None
    module.output(
        "role_arn", Expr("null") if role is None else role["arn"],
        "ARN of the role that S3 replicates snapshots with; null where none are replicated.",
    )  # fmt: skip
