"""What to say of a disk that fails."""

from capgen.diagnostics.diagnostic import Diagnostic


def disk_problem(error: OSError) -> Diagnostic:
    """Return a disk's error as a diagnostic."""
    reason = (error.strerror or str(error)).lower()
    return Diagnostic(
        rule="disk",
        message=f"cannot read or write {error.filename or 'a file'}: {reason}",
        hint="check that the path is what you mean, that you may write there, and that the disk has room",
    )
