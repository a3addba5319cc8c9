"""The instance that a read replica copies."""

from capgen.components.database.values import Arguments
from capgen.terraform.module import Module


def source(module: Module) -> Arguments:
    """Name the source. Without one the provider promotes the replica, in place, and first of all that it changes.

    AWS takes no last snapshot of a replica: its deletion fails where one is asked for.
    https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_DeleteDBInstance.html
    """
    return {
        "replicate_source_db": module.variable(
            "replicate_source_db", "string", "ARN of the instance in the other region that this one is a replica of.",
            validations=[('can(regex("^arn:[a-z-]+:rds:[a-z0-9-]+:[0-9]{12}:db:", var.replicate_source_db))',
                          "replicate_source_db must be the ARN of a database instance.")],
        ),
        "skip_final_snapshot": True,
    }  # fmt: skip
