"""The same values give the same bytes: whatever the directory, the order of keys and the hash seed."""

import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.output.example import example_spec, tree


def compiled(spec: Path, out: Path, seed: int) -> dict[str, bytes]:
    """Compile in a process of its own, with its own hash seed and working directory."""
    subprocess.run(
        [sys.executable, "-m", "capgen", "compile", str(spec), "-o", str(out)],
        check=True,
        capture_output=True,
        cwd=spec.parent,
        env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    return tree(out)


def shuffled(value: Any, order: random.Random) -> Any:
    """Return the value with the keys of every map in another order."""
    if isinstance(value, dict):
        keys = list(value)
        order.shuffle(keys)
        return {key: shuffled(value[key], order) for key in keys}
    if isinstance(value, list):
        return [shuffled(item, order) for item in value]
    return value


@pytest.mark.slow
def test_directory_order_of_keys_and_hash_seed_do_not_change_a_byte(tmp_path: Path) -> None:
    data = yaml.safe_load(example_spec())
    outputs = []
    for seed in range(3):
        folder = tmp_path / f"some-{'x' * seed}-directory"
        folder.mkdir()
        spec = folder / f"spec{seed}.yaml"
        spec.write_text(yaml.safe_dump(shuffled(data, random.Random(seed)), sort_keys=False), encoding="utf-8")
        outputs.append(compiled(spec, folder / "out", seed))
    assert outputs[0] == outputs[1] == outputs[2]
    assert not any(str(tmp_path).encode() in content for content in outputs[0].values())
