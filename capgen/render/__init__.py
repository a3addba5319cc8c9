"""Stage 0, render: a blueprint and its parameters become a commented spec, ready to edit."""

from capgen.render.blueprint import Blueprint, blueprints, find_blueprint
from capgen.render.collect import Collected, collect_parameters
from capgen.render.editor import EDITOR_SCHEMA, write_editor_schema
from capgen.render.render import render_spec

__all__ = [
    "EDITOR_SCHEMA",
    "Blueprint",
    "Collected",
    "blueprints",
    "collect_parameters",
    "find_blueprint",
    "render_spec",
    "write_editor_schema",
]
