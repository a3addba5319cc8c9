"""Stage 1, load: a YAML file becomes plain data, with the place of every key and value kept beside it."""

from capgen.load.document import Document, SpecPath, dotted
from capgen.load.yaml_file import load_file, load_text

__all__ = ["Document", "SpecPath", "dotted", "load_file", "load_text"]
