"""What to say of a disk that fails."""

from capgen.diagnostics.diagnostic import Diagnostic


def disk_problem(error: OSError, what: str = "a file") -> Diagnostic:
    """Return a disk's error as a diagnostic. `what` stands for a file that the system does not name."""
    reason = (error.strerror or str(error)).lower()
    return Diagnostic(
        rule="disk",
        message=f"cannot read or write {error.filename or what}: {reason}",
        hint="check that the path is what you mean, that you may write there, and that the disk has room",
    )
