"""A digest of what one region's apply reads."""

import hashlib
import json
from collections.abc import Mapping

from capgen.write.manifest import MANIFEST


def region_digests(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return a digest for each region of an output: of the files of its root and of the modules that it calls.

    `files` are those of the output, by path, the manifest included.
    """
    return {region: _digest(files, folders_of(files, region)) for region in json.loads(files[MANIFEST])["regions"]}


def folders_of(files: Mapping[str, bytes], region: str) -> list[str]:
    """Return the folders that a region's root reads: its own and those of the modules that it calls, and they call."""
    folders = [region]
    for folder in folders:
        for path, content in files.items():
            if path.startswith(f"{folder}/") and path.endswith(".tf.json") and path.count("/") == folder.count("/") + 1:
                for called in _called(folder, content):
                    if called not in folders:
                        folders.append(called)
    return folders


def _called(folder: str, content: bytes) -> list[str]:
    try:
        modules = json.loads(content).get("module", {})
    except (ValueError, AttributeError):
        return []
    sources = [body.get("source", "") for body in modules.values() if isinstance(body, dict)]
    return [
        _joined(folder, source) for source in sources if isinstance(source, str) and source.startswith(("./", "../"))
    ]


def _joined(folder: str, source: str) -> str:
    parts = folder.split("/")
    for part in source.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in (".", ""):
            parts.append(part)
    return "/".join(parts)


def _digest(files: Mapping[str, bytes], folders: list[str]) -> str:
    digest = hashlib.sha256()
    for path, content in sorted(files.items()):
        if any(path.startswith(f"{folder}/") for folder in folders):
            digest.update(f"{path} {hashlib.sha256(content).hexdigest()}\n".encode())
    return digest.hexdigest()
