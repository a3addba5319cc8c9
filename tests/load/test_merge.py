"""How one layer goes over another, and that it does not matter which two of three are laid first."""

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capgen.load import SpecPath
from capgen.load.marks import TAKEN_BACK, AnewList, AnewMap, plain
from capgen.load.merge import Layers
from capgen.load.merge_keys import _merge_keys, merge_key
from capgen.resources import table

Layer = dict[str, Any]
Named = Layers[tuple[str, SpecPath]]

ITEMS = st.fixed_dictionaries(
    {"cidr": st.sampled_from(["a", "b"]), "port": st.sampled_from([1, 2])}, optional={"description": st.integers(0, 3)}
)
KEYED = st.builds(lambda starts, items: [*starts, *items], st.sampled_from([[], [None]]), st.lists(ITEMS, max_size=3))
SCALARS = st.none() | st.integers(0, 3) | st.text("ab", max_size=1)
VALUES: st.SearchStrategy[Any] = st.recursive(
    SCALARS | st.lists(st.integers(0, 3), max_size=2), lambda inner: st.dictionaries(st.sampled_from("xyz"), inner)
)
ACCESS = st.dictionaries(st.just("egress"), SCALARS | KEYED | st.just({"x": 1})) | SCALARS
LAYERS = st.builds(lambda rest, access: rest | access, st.dictionaries(st.sampled_from("xyz"), VALUES),
                   st.dictionaries(st.just("access"), ACCESS))  # fmt: skip


def raw(name: str, layer: Layer) -> Named:
    return over(Layers(), layer, lambda at: ((name, at),))


def over(below: Named, layer: Layer, source: Callable[[SpecPath], Any]) -> Named:
    below.lay(layer, source)
    return below


def sum_of(below: Named, above: Named) -> Named:
    """Lay what is a sum of layers already over another."""
    return over(below, above.values, lambda at: above.sources.get(at) or above.taken[at])


def merged(*layers: Layer) -> Any:
    result: Named = Layers()
    for number, layer in enumerate(layers):
        over(result, layer, lambda at, number=number: ((str(number), at),))  # type: ignore[misc]
    return plain(result.values)


def marked(value: Any) -> Any:
    """Return a value with its marks as what can be compared."""
    if isinstance(value, dict):
        return type(value).__name__, {key: marked(member) for key, member in value.items()}
    return (type(value).__name__, [marked(item) for item in value]) if isinstance(value, list) else value


@settings(max_examples=60, deadline=None)
@given(LAYERS, LAYERS, LAYERS)
def test_laying_is_associative(a: Layer, b: Layer, c: Layer) -> None:
    first = sum_of(sum_of(raw("a", a), raw("b", b)), raw("c", c))
    second = sum_of(raw("a", a), sum_of(raw("b", b), raw("c", c)))
    assert marked(first.values) == marked(second.values)
    assert merged(a, b, c) == plain(first.values)
    assert (first.sources, first.taken) == (second.sources, second.taken)


@settings(max_examples=40, deadline=None)
@given(LAYERS, LAYERS)
def test_every_value_names_who_said_it_where_it_stands(a: Layer, b: Layer) -> None:
    laid = sum_of(raw("a", a), raw("b", b))
    paths = set()

    def check(value: Any, path: SpecPath) -> None:
        if value is TAKEN_BACK:
            assert laid.taken[path][0][0] == "b"
            return
        paths.add(path)
        name, at = laid.sources[path][0]
        said: Any = {"a": a, "b": b}[name]
        for part in at:
            said = said[part]
        members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else None
        if members is None:
            assert (type(value), value) == (type(said), said)
        else:
            assert isinstance(said, dict if isinstance(value, dict) else list)
            for part, member in members:
                check(member, (*path, part))

    for key, value in laid.values.items():
        check(value, (key,))
    assert laid.sources.keys() == paths


@settings(max_examples=30, deadline=None)
@given(LAYERS)
def test_a_layer_alone_stays_as_it_is_and_is_not_shared(a: Layer) -> None:
    laid = raw("a", a)
    assert plain(laid.values) == a
    assert merged({}, a) == merged(a, {}) == a
    changed = repr(a)
    sum_of(laid, raw("b", {"x": None, "y": {"x": 9}, "access": {"egress": [{"cidr": "a", "port": 1, "new": 1}]}}))
    assert repr(a) == changed


@pytest.mark.parametrize(
    ("below", "above", "result"),
    [
        ({"x": {"y": 1, "z": 2}}, {"x": {"z": 3}}, {"x": {"y": 1, "z": 3}}),
        ({"x": [1, 2]}, {"x": [3]}, {"x": [3]}),
        ({"x": [1, 2]}, {"x": []}, {"x": []}),
        ({"x": 1}, {"x": {"y": 1}}, {"x": {"y": 1}}),
        ({"x": {"y": 1}}, {"x": 1}, {"x": 1}),
        ({"x": 1, "y": 2}, {"x": None}, {"y": 2}),
        ({"x": {"y": 1}}, {"x": {"y": None}}, {"x": {}}),
        ({}, {"x": None}, {"x": None}),
        ({"x": None}, {"x": None}, {"x": None}),
        ({"x": None}, {"x": 1}, {"x": 1}),
    ],
)
def test_what_goes_over_what(below: Layer, above: Layer, result: Layer) -> None:
    assert merged(below, above) == result


def egress(*lists: list[Any]) -> Any:
    return merged(*({"access": {"egress": each}} for each in lists))["access"]["egress"]


def test_items_with_a_key_merge_in_place_and_others_are_added() -> None:
    a, b = {"cidr": "a", "port": 1, "description": "A"}, {"cidr": "b", "port": 1, "description": "B"}
    assert egress([a, b], [{"cidr": "b", "port": 1, "description": "C"}]) == [a, b | {"description": "C"}]
    assert egress([a], [b]) == [a, b]
    assert egress([a], [{"cidr": "a", "port": "1"}]) == [a, {"cidr": "a", "port": "1"}]
    assert egress([a], [None, b]) == [b]
    assert egress([None, a]) == [None, a]
    assert egress([a], [a, a]) == [a, a], "a repetition in one list stays, for a rule to refuse"
    assert egress([a], [5, {"cidr": "a"}, {"cidr": ["a"], "port": 1}])[0] == a, "what has no key is added"


def test_a_value_that_was_taken_back_can_be_said_anew() -> None:
    assert merged({"x": {"y": 1}}, {"x": None}, {"x": {"z": 2}}) == {"x": {"z": 2}}
    assert merged({"x": 1}, {"x": None}, {"x": None}) == {}
    laid = sum_of(raw("b", {"x": None}), raw("c", {"x": {"z": 2}}))
    assert isinstance(laid.values["x"], AnewMap)
    lists = sum_of(raw("b", {"access": {"egress": 1}}), raw("c", {"access": {"egress": []}}))
    assert isinstance(lists.values["access"]["egress"], AnewList)


def test_what_is_overridden_is_known_nearest_first() -> None:
    laid = sum_of(sum_of(raw("a", {"x": 1}), raw("b", {"x": None})), raw("c", {"x": 3}))
    assert [name for name, _ in laid.sources["x",]] == ["c", "b", "a"]


def test_a_null_uncovers_the_ground() -> None:
    laid: Named = Layers(
        {"x": {"y": 1}, "access": {"egress": [{"cidr": "g", "port": 1}]}}, lambda at: (("ground", at),)
    )
    over(laid, {"x": {"y": 2, "z": 3}, "access": {"egress": [{"cidr": "a", "port": 1}]}}, lambda at: (("top", at),))
    over(laid, {"x": {"y": None, "z": None}, "access": {"egress": [None]}}, lambda at: (("region", at),))
    assert plain(laid.values) == {"x": {"y": 1}, "access": {"egress": [{"cidr": "g", "port": 1}]}}
    assert laid.sources["x", "y"] == (("ground", ("x", "y")),)
    assert [name for name, _ in laid.taken["x", "y"]] == ["region", "top"]
    assert [name for name, _ in laid.taken["x", "z"]] == ["region", "top"]


def test_every_merge_key_of_the_schema_is_in_use() -> None:
    def count(schema: Any) -> int:
        members = schema.values() if isinstance(schema, dict) else schema if isinstance(schema, list) else ()
        return sum(map(count, members)) + (isinstance(schema, dict) and "x-merge-key" in schema)

    schema = table("deployment.schema.json")
    assert count(schema) == len(_merge_keys())
    assert (
        merge_key(("regions", "eu-west-1", "access", "egress")) == merge_key(("access", "egress")) == ("cidr", "port")
    )
    for path, names in _merge_keys().items():
        field = schema
        for part in path:
            field = field["properties"][part]
            field = schema["$defs"][field["$ref"].removeprefix("#/$defs/")] if "$ref" in field else field
        assert set(names) <= set(field["items"]["required"])
