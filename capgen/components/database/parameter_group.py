"""The parameter group."""

from capgen.components.database.plan import FORCE_SSL
from capgen.terraform.expression import Expr
from capgen.terraform.module import Module


def parameter_group(module: Module, identifier: Expr) -> Expr:
    """Set the parameters, of which one is not to choose: connections without TLS are refused.

    All of them wait for a reboot, and a new instance starts with them. AWS refuses an immediate change of a static
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
    parameters = module.variable(
        "parameters", "map(string)", "Parameters by name. A change takes effect when the instance is rebooted.",
        validations=[(f'lookup(var.parameters, "{FORCE_SSL}", "0") == "1"', f"parameters must set {FORCE_SSL} to 1.")],
    )  # fmt: skip
    return module.resource("aws_db_parameter_group", "this", {
        "name": f"{identifier}-{family}",
        "family": family,
        "description": "Parameters of the database",
        "dynamic": {"parameter": [{
            "for_each": parameters,
            "content": {
                "name": "${parameter.key}",
                "value": "${parameter.value}",
                "apply_method": "pending-reboot",
            },
        }]},
        "lifecycle": {"create_before_destroy": True},
    })  # fmt: skip
