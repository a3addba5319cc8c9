"""Values that several parts of the module use."""

from dataclasses import dataclass

from capgen.terraform.expression import Expr

CONTAINER = "agent"
"""Name of the container, and prefix of its log streams."""


@dataclass(frozen=True, kw_only=True)
class Shared:
    """Variables that more than one resource of the module reads."""

    region: Expr
    log_group_name: Expr
    password_version: Expr
    web_port: Expr
