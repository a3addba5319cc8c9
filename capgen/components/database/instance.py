"""The instance."""

from capgen.components.database.access import credentials, iam_authentication, network
from capgen.components.database.disk import disk
from capgen.components.database.monitoring import monitoring
from capgen.components.database.plan import Shape
from capgen.components.database.source import source
from capgen.components.database.upkeep import backups, changes, last_snapshot
from capgen.components.database.values import Arguments, Surroundings
from capgen.terraform.expression import Expr
from capgen.terraform.module import Module


def instance(module: Module, shape: Shape, surroundings: Surroundings) -> Expr:
    """Make the instance.

    A snapshot is what an instance starts from, so another one named later changes nothing: it would mean a new instance
    in place of the one with the data.
    """
    begins = source(module) if shape.replica else {**credentials(module), **last_snapshot(module)}
    return module.resource("aws_db_instance", "this", {
        "identifier": surroundings.identifier,
        **_engine(module, surroundings),
        **disk(module),
        **begins,
        **iam_authentication(module),
        **network(module, surroundings),
        **backups(module),
        **changes(module),
        **monitoring(module, surroundings),
        "lifecycle": {
            "ignore_changes": None if shape.replica else ["snapshot_identifier"],
            "prevent_destroy": True if shape.protected else None,
        },
        "depends_on": [surroundings.log_groups.text],
    })  # fmt: skip


def _engine(module: Module, surroundings: Surroundings) -> Arguments:
    return {
        "engine": "postgres",
        "engine_version": module.variable(
            "engine_version", "string", "PostgreSQL version. A major version alone leaves the minor one to AWS.",
            validations=[('can(regex("^[0-9]+([.][0-9]+)?$", var.engine_version))',
                          "engine_version must be a version such as 17 or 17.9.")],
        ),
        "instance_class": module.variable(
            "instance_class", "string", "Class of the instance.",
            validations=[('startswith(var.instance_class, "db.")',
                          "instance_class must be a class such as db.m6g.large.")],
        ),
        "parameter_group_name": surroundings.parameter_group["name"],
    }  # fmt: skip
