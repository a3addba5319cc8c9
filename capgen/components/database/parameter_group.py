"""The parameter group."""

from capgen.components.database.plan import FORCE_SSL
from capgen.terraform.expression import Argument, Expr
from capgen.terraform.module import Module

_APPLY_METHOD = "pending-reboot"


def parameter_group(module: Module, identifier: Expr) -> Expr:
    """Refuse connections without TLS, log queries, and set what the spec adds.

    All parameters wait for a reboot, and a new instance starts with them. AWS refuses an immediate change of a static
    parameter, and reports every parameter that has its default value as waiting, whatever was asked: `immediate` would
    be planned again forever for rds.force_ssl from PostgreSQL 15 on.
    https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/db_parameter_group#problematic-plan-changes

    The name carries the major version, so that an upgrade has the new group beside the old one.
    """
    family = module.variable(
        "parameter_group_family", "string", "Family of the parameter group: postgres and the major version.",
        validations=[('can(regex("^postgres[0-9]+$", var.parameter_group_family))',
                      "parameter_group_family must be postgres and a major version, such as postgres17.")],
    )  # fmt: skip
    slow = module.variable(
        "log_min_duration_statement", "string", "Milliseconds after which a statement is logged; -1 logs none."
    )
    kinds = module.variable(
        "log_statement", "string", "Statements that are logged: none, ddl, mod or all. Passwords in them are logged too.",
        validations=[('contains(["none", "ddl", "mod", "all"], var.log_statement)',
                      "log_statement must be none, ddl, mod or all.")],
    )  # fmt: skip
    others = module.variable("parameters", "map(string)", "Further parameters, by name.")
    return module.resource("aws_db_parameter_group", "this", {
        "name": f"{identifier}-{family}",
        "family": family,
        "description": "Parameters of the database",
        "parameter": [
            _parameter("log_min_duration_statement", slow),
            _parameter("log_statement", kinds),
            _parameter(FORCE_SSL, "1"),
        ],
        "dynamic": {"parameter": [{
            "for_each": others,
            "content": [_parameter("${parameter.key}", "${parameter.value}")],
        }]},
        "lifecycle": {"create_before_destroy": True},
    })  # fmt: skip


def _parameter(name: str, value: Argument) -> Argument:
    return {"name": name, "value": value, "apply_method": _APPLY_METHOD}
