"""What loses data by being created: a copy is made onto something that exists, and what that held is gone."""

import re
from collections.abc import Mapping
from typing import Any

from capgen.compare.side import Side

OVERWRITING = "aws_efs_replication_configuration"
"""EFS makes the destination equal to the source when the replication is created, also for another source.

https://docs.aws.amazon.com/efs/latest/ug/replicate-existing-destination.html
"""

_REFERENCE = re.compile(r"\$\{(.+)\.(?:id|file_system_id)\}")


def overwrites(type: str, values: Mapping[str, Any], before: Side) -> bool:
    """Say whether a resource that is made, or made anew, copies onto a file system that exists `before`."""
    destination = destination_of(values) if type == OVERWRITING else None
    if destination is None:
        return False
    found = _REFERENCE.fullmatch(destination)
    if found is None:
        return "${" not in destination
    return found[1].startswith("data.") or ".data." in found[1] or found[1] in before.blocks


def destination_of(values: Mapping[str, Any]) -> str | None:
    """Return the file system that a replication copies to; None where EFS makes one, or only the apply will tell."""
    blocks = values.get("destination")
    first = blocks[0] if isinstance(blocks, list) and blocks else blocks
    found = first.get("file_system_id") if isinstance(first, Mapping) else None
    return found if isinstance(found, str) and found else None
