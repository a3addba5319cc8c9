"""Which deployments and regions a git change touches, judged by what it changes in the output."""

from capgen.fleet.affected.affected import affected
from capgen.fleet.affected.git import GitError
from capgen.fleet.affected.result import Affected, AffectedRegion

__all__ = ["Affected", "AffectedRegion", "GitError", "affected"]
