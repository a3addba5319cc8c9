"""Every blueprint of ours renders for every environment, and what comes out has no finding."""

from pathlib import Path

import pytest

from capgen.pipeline.build import build
from capgen.render import find_blueprint
from tests.render.test_cap_fullstack import rendered
from tests.terms import TERMS

BLUEPRINTS = ("cap-fullstack", "cap-multi-region", "cap-private")
ENVIRONMENTS = ("production", "staging", "development")


@pytest.mark.slow
@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("name", BLUEPRINTS)
def test_an_environment_is_compiled_and_passes(name: str, environment: str, tmp_path: Path) -> None:
    blueprint, _ = find_blueprint(name)
    assert blueprint is not None
    file = tmp_path / "spec.yaml"
    file.write_text(rendered(blueprint, f"Environment={environment}"), encoding="utf-8")
    built = build(file, tmp_path / "out", TERMS)
    assert built.compiled.validated.model is not None
    assert {region.values.environment for region in built.compiled.validated.model.regions} == {environment}
    assert built.assessment.ok, built.assessment.diagnostics
