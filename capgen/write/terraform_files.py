"""Split a Terraform JSON document into the files that a reader expects."""

import json
from collections.abc import Mapping
from typing import Any

_FILE_OF = {
    "variable": "variables.tf.json",
    "output": "outputs.tf.json",
    "provider": "providers.tf.json",
}


def terraform_files(document: Mapping[str, Any]) -> dict[str, bytes]:
    """Return file name to content. The backend stands in a file of its own, so that a copy can replace it."""
    files: dict[str, dict[str, Any]] = {}
    for block_type, blocks in document.items():
        if block_type == "terraform":
            versions = {key: value for key, value in blocks.items() if key != "backend"}
            files["versions.tf.json"] = {"terraform": versions}
            if "backend" in blocks:
                files["backend.tf.json"] = {"terraform": {"backend": blocks["backend"]}}
        else:
            files.setdefault(_FILE_OF.get(block_type, "main.tf.json"), {})[block_type] = blocks
    return {name: canonical_json(content) for name, content in files.items()}


def canonical_json(content: object) -> bytes:
    """Write JSON the one way capgen does: sorted keys, two spaces, UTF-8, a newline at the end."""
    return (json.dumps(content, indent=2, sort_keys=True, ensure_ascii=False) + "\n").encode()
