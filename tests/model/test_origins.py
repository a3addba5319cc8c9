"""capgen explain is right about any layers: who decides, at which place, over what; and that place alone moves it."""

from pathlib import Path
from typing import Any

import pytest

from capgen.load import load_spec
from capgen.model.defaults import default_at
from capgen.model.effective import EffectiveValue
from tests.model.layered import FIELDS, REGIONS, Layered, drawn, explained, profile_value

PARTS = {"access.web_cidrs": "access.web_cidrs[0]", "agent.environment": "agent.environment.KEY"}
"""The value within, by which a field that is a list or a map is told."""


def within(value: Any) -> Any:
    """Return the text or number of a value that a layer says of a field."""
    return (
        value["KEY"] if isinstance(value, dict) and value else value[0] if isinstance(value, list) and value else value
    )


def told(each: EffectiveValue) -> list[Any]:
    """Return what is told of a value: itself, then what lies beneath, each with its kind."""
    beneath = [(within(below.value), below.kind) for below in each.overridden]
    return [(within(each.value), each.kind), *beneath]


def expected(spec: Layered, field: str, region: str) -> list[Any]:
    """Return what the page of rules says of a field, from what the layers say alone."""
    said = [(within(value), "spec") for _, value in spec.chain(field, region)]
    while said and said[-1][0] is None:
        said.pop()
    beneath = [(profile_value(field), "profile")] if profile_value(field) is not None else []
    default = default_at(tuple(field.split(".")))
    beneath += [(default, "default")] if default not in (None, [], {}) else []
    if said and said[0][0] is not None:
        return said + beneath
    if not beneath:
        return [(None, "nothing"), *said]
    return [beneath[0], *said, *beneath[1:]]


@pytest.mark.parametrize("seed", range(8))
def test_each_value_is_told_with_who_decides_and_what_lies_beneath(seed: int, tmp_path: Path) -> None:
    spec = drawn(seed)
    values = explained(spec.write(tmp_path))
    for region in REGIONS:
        for field in FIELDS:
            wanted = expected(spec, field, region)
            each = values.get((region, PARTS.get(field, field)))
            if wanted[0][1] == "nothing":
                assert each is None
                continue
            assert each is not None
            assert told(each) == wanted, (region, field)
            if each.kind == "spec":
                (file, _), value = next(iter(spec.chain(field, region)))
                assert each.location is not None
                assert Path(each.location.file).name == file
                assert read(each) == str(within(value)).lower()


def read(each: EffectiveValue) -> str:
    """Return the text at the place that a value names."""
    place = each.location
    assert place is not None
    line = Path(place.file).read_text(encoding="utf-8").splitlines()[place.line - 1]
    return line[place.column - 1 : place.column - 1 + place.length]


@pytest.mark.parametrize("seed", range(2))
def test_a_change_of_the_named_place_moves_all_values_that_name_it_and_no_other(seed: int, tmp_path: Path) -> None:
    spec = drawn(seed)
    before = explained(spec.write(tmp_path))
    places = {
        each.location
        for each in before.values()
        if each.kind == "spec" and each.path[0] in SECTIONS and each.value not in ({}, [])
    }
    assert len(places) >= 5
    for place in places:
        assert place is not None
        file = Path(place.file)
        text = file.read_text(encoding="utf-8")
        lines = text.splitlines(keepends=True)
        line, start, end = lines[place.line - 1], place.column - 1, place.column - 1 + place.length
        lines[place.line - 1] = line[:start] + other(line[start:end]) + line[end:]
        file.write_text("".join(lines), encoding="utf-8")
        document, _ = load_spec(tmp_path / "spec.yaml")
        assert document is not None
        after = explained(document)
        assert after.keys() == before.keys()
        moved = {name for name in before if after[name].value != before[name].value}
        assert moved == {name for name, each in before.items() if each.kind == "spec" and each.location == place}
        file.write_text(text, encoding="utf-8")


SECTIONS = {field.split(".")[0] for field in FIELDS}


def other(text: str) -> str:
    """Return another value of the same type."""
    return {"true": "false", "false": "true"}.get(text) or (str(int(text) + 1) if text.isdecimal() else f"{text}x")
