"""What the parts of the instance share."""

from dataclasses import dataclass

from capgen.terraform.expression import Argument, Expr

Arguments = dict[str, Argument]
"""Arguments of the instance, by name."""


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """The instance's identifier, the logs that it exports, and the resources that it uses."""

    identifier: Expr
    exports: Expr
    subnet_group: Expr
    parameter_group: Expr
    log_groups: Expr
