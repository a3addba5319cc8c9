"""Stage 0, render: a blueprint and its parameters become a commented spec, ready to edit."""

from capgen.render.blueprint import Blueprint
from capgen.render.catalogue import Listed, blueprints, find_blueprint, list_blueprints
from capgen.render.collect import Collected, collect_parameters
from capgen.render.editor import EDITOR_SCHEMA, write_editor_schema
from capgen.render.read_blueprint import read_blueprint
from capgen.render.render import render_spec, render_text

__all__ = [
    "EDITOR_SCHEMA",
    "Blueprint",
    "Collected",
    "Listed",
    "blueprints",
    "collect_parameters",
    "find_blueprint",
    "list_blueprints",
    "read_blueprint",
    "render_spec",
    "render_text",
    "write_editor_schema",
]
