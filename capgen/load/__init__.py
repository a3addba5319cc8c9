"""Stage 1, load: a YAML file becomes plain data, with the place of every key and value kept beside it."""

from capgen.load.document import Document, Place, Supply
from capgen.load.path import SpecPath, dotted
from capgen.load.spec import load_spec, load_spec_text
from capgen.load.yaml_file import load_file, load_text

__all__ = ["Document", "Place", "SpecPath", "Supply", "dotted", "load_file", "load_spec", "load_spec_text", "load_text"]
