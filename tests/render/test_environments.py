"""Every blueprint of ours renders for every environment, and what comes out has no finding."""

from pathlib import Path

import pytest

from capgen.pipeline.build import build
from capgen.render import collect_parameters, find_blueprint, render_spec
from tests.terms import TERMS

BLUEPRINTS = ("cap-fullstack", "cap-multi-region", "cap-private")
ENVIRONMENTS = ("production", "staging", "development")


def spec(name: str, environment: str) -> str:
    """Return what a blueprint's example renders in an environment."""
    blueprint, _ = find_blueprint(name)
    assert blueprint is not None
    collected = collect_parameters(blueprint, [blueprint.example], [f"Environment={environment}"])
    assert collected.values is not None, collected.diagnostics
    text, diagnostics = render_spec(blueprint, collected.values)
    assert text is not None, diagnostics
    return text


@pytest.mark.slow
@pytest.mark.parametrize("environment", ENVIRONMENTS)
@pytest.mark.parametrize("name", BLUEPRINTS)
def test_an_environment_is_compiled_and_passes(name: str, environment: str, tmp_path: Path) -> None:
    file = tmp_path / "spec.yaml"
    file.write_text(spec(name, environment), encoding="utf-8")
    built = build(file, tmp_path / "out", TERMS)
    assert built.compiled.validated.model is not None
    assert {region.values.environment for region in built.compiled.validated.model.regions} == {environment}
    assert built.assessment.ok, built.assessment.diagnostics
