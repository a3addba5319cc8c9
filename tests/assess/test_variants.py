"""What the blueprint waives is what its spec needs waived: no waiver of it ever matches nothing."""

from pathlib import Path

import pytest

from capgen.assess import Assessment, assess_tree
from capgen.pipeline import compile_spec
from capgen.render import collect_parameters, find_blueprint, render_spec
from tests.output.variants import VARIANTS, variant_spec
from tests.terms import TERMS

pytestmark = pytest.mark.slow

PARAMETERS = {
    "a closed web range": ["WebAccessCidr=198.51.100.0/24"],
    "one address": ["WebAccessCidr=198.51.100.7/32", "ManagementCidr=198.51.100.8/32"],
    "half of the world": ["WebAccessCidr=0.0.0.0/1"],
    "direct access to the database": ["DatabaseAccessCidr=10.1.0.0/16"],
    "the first region": ["Region=us-east-1"],
    "a region of China": ["Region=cn-north-1", "Image=registry.example.com/team/agent:1.0.0"],
    "a region of the government": ["Region=us-gov-west-1", "Image=registry.example.com/team/agent:1.0.0"],
    "three subnets": ["SubnetIds=subnet-0a1b2c3d4e5f60718,subnet-0f1e2d3c4b5a69788,subnet-0c1e2d3c4b5a69788"],
    "another image": ["Image=registry.example.com/team/agent@sha256:" + "0" * 64],
}


def assessed(folder: Path, text: str) -> Assessment:
    spec = folder / "spec.yaml"
    spec.write_text(text, encoding="utf-8")
    compiled = compile_spec(spec, folder / "out")
    assert compiled.directory is not None, compiled.diagnostics
    return assess_tree(compiled.directory, terms=TERMS)


@pytest.mark.parametrize("name", VARIANTS)
def test_a_variant_has_no_waiver_that_matches_nothing(name: str, tmp_path: Path) -> None:
    assert assessed(tmp_path, variant_spec(name)).waiver_diagnostics == ()


@pytest.mark.parametrize("name", PARAMETERS)
def test_no_parameter_makes_a_waiver_superfluous_or_a_finding_stand(name: str, tmp_path: Path) -> None:
    blueprint, _ = find_blueprint("cap-fullstack")
    assert blueprint is not None
    collected = collect_parameters(blueprint, [blueprint.example], PARAMETERS[name])
    assert collected.values is not None, collected.diagnostics
    text, _ = render_spec(blueprint, collected.values)
    assert text is not None
    assessment = assessed(tmp_path, text)
    assert assessment.waiver_diagnostics == ()
    assert [(one.check, one.address) for one in assessment.findings] == []
