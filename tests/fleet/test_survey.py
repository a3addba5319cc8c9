"""Which of the YAML files of a folder are specs."""

import json
from pathlib import Path

import pytest

from capgen.fleet.find import find_specs
from capgen.fleet.survey import Survey, survey
from tests.fleet.specs import write_spec


def surveyed(*arguments: str) -> Survey:
    return survey(find_specs(arguments or ["specs"]).files)


def names(found: Survey) -> dict[str, str | None]:
    return {member.path.name: member.deployment for member in found.members}


def test_other_yaml_files_of_a_folder_are_passed_over(here: Path) -> None:
    write_spec(here / "specs/a.yaml", "cap-a")
    others = {
        "waivers.yaml": "waivers: []\n",
        "parameters.yaml": "VpcId: vpc-0a1b2c3d4e5f60718\n",
        "kubernetes.yaml": "apiVersion: v1\nmetadata: {name: x}\n---\nkind: Pod\n",
        "template.yaml": "a: {{ not yaml\n",
        "list.yaml": "- api_version: capgen/v1\n",
        "base.yaml": "api_version: capgen/v1\ndatabase: {db_name: aispark}\n",
        "empty.yaml": "",
        "playbook.yaml": "- name: a play\n  k8s:\n    api_version: v1\n",
        "jobs.yaml": "{{ if .jobs }}\njob:\n  extends: .base\n{{ end }}\n",
        "more.yaml": "# jobs\n---\njob:\n  extends: .base\n---\nother: 1\n",
    }
    for name, text in others.items():
        (here / "specs" / name).write_text(text)
    found = surveyed()
    assert names(found) == {"a.yaml": "cap-a"}
    assert found.diagnostics == ()


def test_a_file_that_is_named_is_a_spec_whatever_is_in_it(here: Path) -> None:
    (here / "odd.yaml").write_text("waivers: []\n")
    found = surveyed("odd.yaml", "none.yaml")
    assert names(found) == {"none.yaml": None, "odd.yaml": None}
    assert all(member.refused for member in found.members)


def test_a_spec_whose_bases_have_no_version_either_is_one_and_so_is_one_that_a_base_names(here: Path) -> None:
    files = {
        "base": "regions: {eu-west-1: {}}\n",
        "a": "extends: base.yaml\nname: cap-a\n",
        "named": "name: cap-b\n",
        "b": "extends: [named.yaml, none.yaml]\nregions: {eu-west-1: {}}\n",
        "nameless": "extends: named.yaml\nname: null\n",
    }
    (here / "specs").mkdir()
    for name, text in files.items():
        (here / f"specs/{name}.yaml").write_text(text)
    found = surveyed()
    assert names(found) == {"a.yaml": "cap-a", "b.yaml": "cap-b"}
    assert found.diagnostics == ()


@pytest.mark.parametrize(
    "text",
    [
        "\ufeffapi_version: capgen/v1\nname: cap-a\n",
        json.dumps({"api_version": "capgen/v1", "name": "cap-a"}, indent=2),
        json.dumps({"name": "cap-a", "extends": "base.yaml"}),
        '# a spec\n---\n{"name": "cap-a",\n "regions": {}, "api_version": "capgen/v1"}\n',
        "\n# a spec\n  name: cap-a\n  # more\n  'api_version' : capgen/v1\n",
        "  api_version: capgen/v1\r\n  name: cap-a\r\n",
    ],
)
def test_a_spec_is_found_however_it_is_written(here: Path, text: str) -> None:
    (here / "specs").mkdir()
    (here / "specs/a.yaml").write_bytes(text.encode())
    assert names(surveyed()) == {"a.yaml": "cap-a"}
    (here / "specs/a.yaml").write_bytes(f"{text}\n}}".encode())
    assert names(surveyed()) == {"a.yaml": None}, "one that is no YAML fails"


def test_a_base_that_the_system_refuses_fails_its_own_spec_alone(here: Path) -> None:
    write_spec(here / "specs/a.yaml", "cap-a")
    (here / "specs/b.yaml").write_text(f"extends: {'x' * 300}.yaml\nname: cap-b\n")
    found = surveyed()
    assert names(found) == {"a.yaml": "cap-a", "b.yaml": "cap-b"}
    assert [told.rule for member in found.members for told in member.told] == ["extends-readable"]


def test_a_spec_that_is_no_yaml_is_one_that_fails(here: Path) -> None:
    (here / "specs").mkdir()
    (here / "specs/broken.yaml").write_text("api_version: capgen/v1\nname: [\n")
    (member,) = surveyed().members
    assert member.refused
    assert [told.rule for told in member.told] == ["load-yaml-syntax"]


def test_regions_without_a_name_are_told_unless_a_spec_extends_them(here: Path) -> None:
    base = here / "specs/base.yaml"
    base.parent.mkdir()
    base.write_text("api_version: capgen/v1\nregions: {eu-west-1: {}}\n")
    (told,) = surveyed().diagnostics
    assert (told.rule, told.severity) == ("fleet-no-name", "warning")
    (here / "specs/a.yaml").write_text("extends: base.yaml\nname: cap-a\n")
    found = surveyed()
    assert found.diagnostics == ()
    assert names(found) == {"a.yaml": "cap-a"}


def test_two_specs_of_one_name_are_refused_and_each_names_the_other(here: Path) -> None:
    for file, name in (("a", "cap-a"), ("b", "cap-b"), ("c", "cap-a")):
        write_spec(here / f"specs/{file}.yaml", name)
    found = {member.path.name: member for member in surveyed().members}
    assert {file: member.refused for file, member in found.items()} == {
        "a.yaml": True,
        "b.yaml": False,
        "c.yaml": True,
    }
    (told,) = found["a.yaml"].told
    assert told.message.startswith("specs/a.yaml and specs/c.yaml have the same name")
    assert told.location is not None
    assert told.location.line == (here / "specs/a.yaml").read_text().splitlines().index('"name": "cap-a"') + 1
