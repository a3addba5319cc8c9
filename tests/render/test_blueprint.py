"""Finding blueprints by name."""

from pathlib import Path

import pytest

from capgen.render import blueprints, find_blueprint


def test_capgen_ships_the_guides_blueprint() -> None:
    assert [blueprint.name for blueprint in blueprints()] == ["cap-fullstack"]


def test_a_mistyped_name_is_answered_with_the_nearest() -> None:
    blueprint, (diagnostic,) = find_blueprint("cap-fulstack")
    assert blueprint is None
    assert diagnostic.rule == "blueprint-known"
    assert diagnostic.value == '"cap-fulstack"'
    assert diagnostic.allowed == "cap-fullstack"
    assert diagnostic.hint == 'did you mean "cap-fullstack"?'


@pytest.mark.parametrize("name", ["../cap-fullstack", "cap-fullstack/", "/etc", "", ".", "CAP-FULLSTACK"])
def test_a_name_never_becomes_a_path(name: str) -> None:
    blueprint, diagnostics = find_blueprint(name)
    assert blueprint is None
    assert diagnostics


def test_a_broken_blueprint_is_a_bug(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "blueprint.yaml").write_text("name: [")
    with pytest.raises(ValueError, match="the blueprint in broken is broken"):
        blueprints(tmp_path)
