"""What either kind of secret comes to."""

from dataclasses import dataclass

from capgen.terraform.expression import Expr


@dataclass(frozen=True, kw_only=True)
class Credentials:
    """The secret's ARN, what has to exist before anyone reads it, and the password as an ephemeral value."""

    secret_arn: Expr
    ready: tuple[Expr, ...]
    password: Expr
