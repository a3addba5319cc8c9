"""Finding blueprints by name."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from capgen.blueprints.skeleton_files import SKELETON
from capgen.diagnostics import Severity
from capgen.render import blueprints, catalogue, find_blueprint, list_blueprints
from capgen.resources import blueprints_dir


def test_capgen_ships_the_guides_blueprint() -> None:
    names = [blueprint.name for blueprint in blueprints()]
    assert "cap-fullstack" in names
    assert names == sorted(names)
    assert all(blueprint.own for blueprint in blueprints())


def test_a_mistyped_name_is_answered_with_the_nearest() -> None:
    blueprint, (diagnostic,) = find_blueprint("cap-fulstack")
    assert blueprint is None
    assert diagnostic.rule == "blueprint-known"
    assert diagnostic.value == '"cap-fulstack"'
    assert diagnostic.allowed == ", ".join(each.name for each in blueprints())
    assert diagnostic.hint == 'did you mean "cap-fullstack"?'


@pytest.mark.parametrize("name", ["../cap-fullstack", "cap-fullstack/", "/etc", "", ".", "CAP-FULLSTACK"])
def test_a_name_never_becomes_a_path(name: str) -> None:
    blueprint, diagnostics = find_blueprint(name)
    assert blueprint is None
    assert diagnostics


def test_a_broken_blueprint_of_our_own_is_a_bug(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "blueprint.yaml").write_text("name: [")
    monkeypatch.setattr(catalogue, "blueprints_dir", lambda: tmp_path)
    with pytest.raises(ValueError, match="the blueprint in broken is broken"):
        blueprints()


def test_a_users_blueprint_is_found_beside_our_own(tmp_path: Path) -> None:
    shutil.copytree(SKELETON, tmp_path / "team-web")
    blueprint, diagnostics = find_blueprint("team-web", tmp_path)
    assert not diagnostics
    assert blueprint is not None
    assert (blueprint.own, blueprint.template_name) == (False, str(tmp_path / "team-web" / "spec.yaml.j2"))
    assert find_blueprint("cap-fullstack", tmp_path)[0] == find_blueprint("cap-fullstack")[0]


def test_a_users_blueprint_takes_the_place_of_ours_and_says_so(tmp_path: Path) -> None:
    shutil.copytree(blueprints_dir() / "cap-fullstack", tmp_path / "cap-fullstack")
    blueprint, (warning,) = find_blueprint("cap-fullstack", tmp_path)
    assert blueprint is not None
    assert blueprint.folder == tmp_path / "cap-fullstack"
    assert (warning.rule, warning.severity) == ("blueprint-shadows", Severity.WARNING)
    listed = {each.name: each.own for each in list_blueprints(tmp_path)[0]}
    assert listed["cap-fullstack"] is False


def test_a_broken_neighbour_is_no_matter(tmp_path: Path) -> None:
    shutil.copytree(SKELETON, tmp_path / "team-web")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "blueprint.yaml").write_text("name: [")
    assert find_blueprint("team-web", tmp_path)[0] is not None
    broken = next(each for each in list_blueprints(tmp_path)[0] if each.name == "broken")
    assert (broken.blueprint, bool(broken.diagnostics)) == (None, True)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda _: None, "there is no blueprint in"),
        (lambda folder: folder.rmdir(), "no such file or directory"),
        (lambda folder: (folder.rmdir(), folder.write_text("")), "not a directory"),
        (lambda folder: (folder / "blueprint.yaml").write_text(""), "there is no blueprint in"),
    ],
)
def test_a_folder_without_blueprints_is_refused(tmp_path: Path, make: Callable[[Path], object], said: str) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    make(folder)
    blueprint, (diagnostic,) = find_blueprint("cap-fullstack", folder)
    assert blueprint is None
    assert said in diagnostic.message
    assert diagnostic.rule == "blueprint-folder"
