"""The guide's blueprint, and a factory of small ones."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

from capgen.render import Blueprint, find_blueprint

MakeBlueprint = Callable[[str, Mapping[str, Any]], Blueprint]


@pytest.fixture(scope="session")
def cap_fullstack() -> Blueprint:
    blueprint, diagnostics = find_blueprint("cap-fullstack")
    assert blueprint is not None
    assert not diagnostics
    return blueprint


@pytest.fixture
def make_blueprint(tmp_path: Path) -> MakeBlueprint:
    """Return a function that makes a blueprint "tiny" of a template and the schemas of its parameters, all required."""

    def make(template: str, properties: Mapping[str, Any]) -> Blueprint:
        folder = tmp_path / "blueprints" / "tiny"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "spec.yaml.j2").write_bytes(template.encode())
        schema = {"properties": properties, "required": [name for name in properties if name != "Secret"]}
        return Blueprint(name="tiny", title="Tiny", description="For a test.", folder=folder, own=True, schema=schema)

    return make
