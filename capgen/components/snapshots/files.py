"""The files beside the module that Terraform reads: the helper script, and the function that publishes it."""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from capgen.components.snapshots.plan import Shape

SCRIPT = "scripts/cap-snapshot.sh"
FUNCTION_SOURCE = "lambda/publish.py"
FUNCTION_ZIP = "lambda/publish.zip"
HANDLER = "publish.handler"

_HERE = Path(__file__).parent
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip archive can tell. A real one would make each build another archive."""
_UNIX = 3
_READABLE_FILE = 0o100644


def files(shape: Shape) -> Mapping[str, bytes]:
    """Return the files by their path in the module. The function's source is there to be read, its archive to run."""
    script = (_HERE / "scripts" / "cap-snapshot.sh").read_bytes()
    if shape.publisher == "object":
        return {SCRIPT: script}
    source = (_HERE / "function" / "publish.py").read_bytes()
    archive = _archive({"cap-snapshot.sh": script, "publish.py": source})
    return {FUNCTION_SOURCE: source, FUNCTION_ZIP: archive, SCRIPT: script}


def _archive(members: Mapping[str, bytes]) -> bytes:
    """Write a zip archive whose bytes depend on its members alone: stored, since compression varies with zlib."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(members):
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.create_system = _UNIX
            entry.external_attr = _READABLE_FILE << 16
            archive.writestr(entry, members[name])
    return buffer.getvalue()
