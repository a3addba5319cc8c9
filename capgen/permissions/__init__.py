"""Stage 11, permissions: what IAM lets whom do, read from the compiled resources and told in words."""

from capgen.permissions.atoms import Atom, atoms
from capgen.permissions.grant import Holder, Statement
from capgen.permissions.holders import holders

__all__ = ["Atom", "Holder", "Statement", "atoms", "holders"]
