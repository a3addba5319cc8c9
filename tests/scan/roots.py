"""Flattened roots that are written down, block by block."""

from collections.abc import Mapping
from typing import Any

from capgen.evaluate import Flattened, Origin, Place
from capgen.scan.runner import run

Blocks = Mapping[str, Mapping[str, Any]]
"""Bodies by the name of the block, such as `aws_lb.this`."""


def flattened_root(blocks: Blocks) -> Flattened:
    """Return a root with these resources, each at a line of its own."""
    origins = {
        name: Origin(address=name, place=Place(file="main.tf.json", line=line), attributes={})
        for line, name in enumerate(blocks, 1)
    }
    resources = {(name.split(".")[0], name.split(".")[1]): body for name, body in blocks.items()}
    return Flattened(resources=resources, data={}, providers=(), origins=origins)


def judged(blocks: Blocks) -> dict[tuple[str, str], bool | None]:
    """Return the verdicts on these resources, by check and block."""
    return {(one.check, one.block): one.passed for one in run(flattened_root(blocks))}
