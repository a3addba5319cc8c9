"""What to say of a disk that fails."""

from capgen.diagnostics.disk import disk_problem

__all__ = ["disk_problem"]
