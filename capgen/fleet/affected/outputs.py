"""What a change does to committed outputs, whoever made it: capgen, another version of it, or a person."""

import json
from collections.abc import Mapping
from typing import Any

from capgen.fleet.affected.side import Side
from capgen.fleet.region_digests import region_digests
from capgen.write.manifest import MANIFEST


def changed_deployments(changed: frozenset[str], out: str) -> set[str]:
    """Return the names of the outputs below `out` in which a file changed."""
    prefix = f"{out}/" if out else ""
    inside = (path.removeprefix(prefix) for path in changed if path.startswith(prefix))
    return {path.split("/")[0] for path in inside if "/" in path}


def changed_regions(old: Side, new: Side, directory: str) -> Mapping[str, str]:
    """Return region to `added`, `changed` or `deleted` for the output in a folder of the repository.

    Where another version of capgen wrote it, every region counts as changed.
    """
    before, after = _Output(old.output(directory)), _Output(new.output(directory))
    found: dict[str, str] = {}
    for region in sorted(before.regions.keys() | after.regions.keys()):
        if region not in after.regions:
            found[region] = "deleted"
        elif region not in before.regions:
            found[region] = "added"
        elif before.version != after.version or before.regions[region] != after.regions[region]:
            found[region] = "changed"
    return found


class _Output:
    def __init__(self, files: Mapping[str, bytes]) -> None:
        manifest = _manifest(files)
        self.version = manifest.get("capgen")
        self.regions = region_digests(files) if manifest else {}


def _manifest(files: Mapping[str, bytes]) -> dict[str, Any]:
    try:
        found = json.loads(files[MANIFEST])
    except (KeyError, ValueError):
        return {}
    return found if isinstance(found, dict) and isinstance(found.get("regions"), list) else {}
