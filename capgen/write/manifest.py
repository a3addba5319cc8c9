"""The manifest of an output: what it was made from, and a digest of every file."""

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from capgen import __version__
from capgen.synth.compiled import CompiledDeployment
from capgen.write.terraform_files import canonical_json

MANIFEST = "manifest.json"


def manifest(compiled: CompiledDeployment, spec: object, files: Mapping[str, bytes]) -> bytes:
    """Write the manifest. The digest of the spec is that of its values, so reordered keys change nothing.

    `apply_order` lists groups of regions: the roots of a group may be applied at the same time, after earlier groups.
    """
    return canonical_json(
        {
            "deployment": compiled.name,
            "regions": [root.region for root in compiled.roots],
            "apply_order": compiled.apply_order,
            "schema": "capgen/v1",
            "capgen": __version__,
            "spec_sha256": spec_digest(spec),
            "files": {path: hashlib.sha256(content).hexdigest() for path, content in sorted(files.items())},
        }
    )


def spec_digest(spec: object) -> str:
    """Return the digest of a spec's values. The order of its keys, comments and spelling change nothing."""
    return hashlib.sha256(canonical_json(spec)).hexdigest()


def read_manifest(directory: Path) -> dict[str, Any] | None:
    """Return the manifest of an output directory, or None where there is none that capgen wrote."""
    try:
        content = json.loads((directory / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) and isinstance(content.get("files"), dict) else None
