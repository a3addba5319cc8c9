"""A list whose items have a key: what comes out of six layers of it, and which file supplied each part."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from capgen.load import load_spec
from tests.model.layered import FILES, explained

REGION = "eu-west-1"
KEYS = (("10.0.0.0/8", 443), ("10.0.0.0/8", 8443), ("192.0.2.0/24", 443))

Said = list[Any] | None
"""What a layer says of access.egress: descriptions by key, perhaps after a null; None where it says nothing."""
Result = dict[tuple[str, int], str]

LAYER: st.SearchStrategy[Said] = st.none() | st.builds(
    lambda starts, keys: [*starts, *keys], st.sampled_from([[], [], [None]]), st.permutations(KEYS).map(lambda k: k[:2])
)


def write(folder: Path, layers: dict[tuple[str, str], Said]) -> None:
    """Write the files, each extending the one before it. An item's description tells its layer."""
    below = None
    for file in FILES:
        data: dict[str, Any] = {
            "api_version": "capgen/v1", "name": "cap", "agent": {"image": "example.com/a/b:1"},
            "network": {"vpc_id": "vpc-0a1b2c3d", "subnet_ids": ["subnet-0a1b2c3d", "subnet-0f1e2d3c"]},
            "regions": {REGION: section(file, REGION, layers)}, **section(file, "top", layers),
        }  # fmt: skip
        (folder / file).write_text(yaml.safe_dump(data | ({"extends": below} if below else {})), encoding="utf-8")
        below = file


def section(file: str, where: str, layers: dict[tuple[str, str], Said]) -> dict[str, Any]:
    said = layers[file, where]
    if said is None:
        return {}
    return {"access": {"egress": [
        None if key is None else {"cidr": key[0], "port": key[1], "description": f"{file} {where}"} for key in said
    ]}}  # fmt: skip


def laid(files: list[tuple[str, str]], layers: dict[tuple[str, str], Said]) -> tuple[Result | None, bool]:
    """Return the descriptions that layers give, the lowest first, and whether they take back what lies below."""
    result: Result | None = None
    anew = False
    for place in files:
        said = layers[place]
        if said is None:
            continue
        starts = said[:1] == [None] and (result is not None or place[1] != "top")
        anew = anew or starts
        result = {} if starts or result is None else result
        result |= {key: f"{place[0]} {place[1]}" for key in said if key is not None}
    return result, anew


def sound(layers: dict[tuple[str, str], Said]) -> dict[tuple[str, str], Said]:
    """Leave out nulls with nothing below them: they are errors."""
    some = False
    for where in ("top", REGION):
        for file in FILES:
            said = layers[file, where]
            if said is not None and not some:
                layers[file, where] = [key for key in said if key is not None]
            some = some or said is not None
    return layers


@settings(max_examples=25, deadline=None, derandomize=True)
@given(st.fixed_dictionaries({(file, where): LAYER for file in FILES for where in ("top", REGION)}))
def test_items_merge_by_key_and_each_description_names_the_layer_that_gave_it(drawn: Any) -> None:
    layers = sound(drawn)
    top, _ = laid([(file, "top") for file in FILES], layers)
    own, anew = laid([(file, REGION) for file in FILES], layers)
    wanted = (own or {}) if anew else None if top is None and own is None else {**(top or {}), **(own or {})}
    with TemporaryDirectory() as folder:
        write(Path(folder), layers)
        document, _ = load_spec(Path(folder) / FILES[-1])
        assert document is not None
        values = {name: each for (_, name), each in explained(document).items() if name.startswith("access.egress[")}
        if wanted is None:
            assert {each.kind for each in values.values()} == {"default"}
            return
        assert len(values) == 3 * len(wanted)
        for index, ((cidr, port), description) in enumerate(wanted.items()):
            item = {part: values[f"access.egress[{index}].{part}"] for part in ("cidr", "port", "description")}
            assert [each.value for each in item.values()] == [cidr, port, description]
            for each in item.values():
                assert each.location is not None
                assert Path(each.location.file).name == description.split()[0]
