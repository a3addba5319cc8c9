"""A small repository with a fleet: its specs, and of their output what a pipeline reads."""

import json
from collections.abc import Sequence
from pathlib import Path

from tests.output.example import example_spec

STATE = "state:\n  backend: s3\n  bucket: acme-terraform-state\n  region: eu-west-1\n"


def spec(name: str, regions: Sequence[str] = ("eu-west-1",), *, more: str = STATE) -> str:
    """Return the example's spec under another name, in these regions, with its state in a bucket."""
    text = example_spec().replace('name: "cap-production"', f"name: {name}")
    start = text.index('  "eu-west-1":\n')
    end = text.index("\n\n", start)
    block = text[start:end]
    blocks = [block.replace("eu-west-1", region) for region in regions]
    return text[:start] + "\n".join(blocks) + text[end:] + more


def add(root: Path, name: str, order: Sequence[Sequence[str]] = (("eu-west-1",),), *, more: str = STATE) -> Path:
    """Add a deployment: its spec, and the manifest that its output would have."""
    regions = [region for step in order for region in step]
    file = root / "specs" / f"{name}.yaml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(spec(name, regions, more=more), encoding="utf-8")
    manifest = {
        "deployment": name,
        "regions": sorted(regions),
        "apply_order": [list(step) for step in order],
        "files": {},
    }
    output = root / "out" / name / "manifest.json"
    output.parent.mkdir(parents=True)
    output.write_text(json.dumps(manifest), encoding="utf-8")
    return file
