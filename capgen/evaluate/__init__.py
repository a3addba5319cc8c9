"""Stage 8, evaluate: a compiled root becomes what Terraform will create, its modules and values worked out."""

from capgen.evaluate.block import Block, blocks, reference
from capgen.evaluate.flatten import Flattened, Origin, flatten
from capgen.evaluate.programs import programs
from capgen.evaluate.tree import JSON_FILE, UNREAD_FILES, Place, Tree

__all__ = [
    "JSON_FILE",
    "UNREAD_FILES",
    "Block",
    "Flattened",
    "Origin",
    "Place",
    "Tree",
    "blocks",
    "flatten",
    "programs",
    "reference",
]
