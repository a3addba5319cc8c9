"""The same values give the same bytes: in whatever order their keys stand, and in whichever files."""

import json
from copy import deepcopy
from pathlib import Path
from random import Random
from typing import Any

import pytest

from capgen.load import load_spec
from capgen.load.merge_keys import merge_key
from capgen.pipeline import expected_files, validate
from tests.output.test_determinism import shuffled

SPECS = Path(__file__).parents[1] / "specs" / "valid"
NAMES = ("every_field", "several_regions", "standby", "traffic")
FILES = 4


def compiled(spec: Path) -> dict[str, bytes]:
    """Compile in memory."""
    validated = validate(spec)
    expected = expected_files(validated)
    assert expected is not None, validated.diagnostics
    return dict(expected.files)


def distributed(values: dict[str, Any], random: Random) -> list[dict[str, Any]]:
    """Give each value to one of several files. Files before it may say another, or say more, which it takes back."""
    files: list[dict[str, Any]] = [{} for _ in range(FILES)]
    for path, value in leaves(values, ()):
        if merge_key(path) is not None:
            cut, file = random.randint(0, len(value)), random.randrange(1, FILES)
            put(files[file - 1], path, value[:cut])
            put(files[file], path, value[cut:])
            continue
        file = random.randrange(FILES)
        put(files[file], path, value)
        if file and random.random() < 0.3:
            put(files[random.randrange(file)], path, random.choice(["other", 7, [7, 8], None]))
    for section, key in (("tags", "needless"), ("agent", "stop_timeout"), ("regions", "eu-north-1")):
        if key not in values.get(section, {key: None}):
            put(files[0], (section, key), {"tags": {"a": "b"}} if section == "regions" else "other")
            put(files[-1], (section, key), None)
    return files


def leaves(value: Any, path: tuple[str, ...]) -> list[tuple[tuple[str, ...], Any]]:
    if not isinstance(value, dict) or not value:
        return [(path, value)]
    return [leaf for key, member in value.items() for leaf in leaves(member, (*path, key))]


def put(data: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    for key in path[:-1]:
        data = data.setdefault(key, {})
    data[path[-1]] = deepcopy(value)


def write(folder: Path, files: list[dict[str, Any]], random: Random) -> Path:
    """Write files, the lowest first, in folders and ways of extending that are drawn; return the spec."""
    names = [f"{random.choice(['', 'bases/', 'a/b/'])}{letter}.yaml" for letter in random.sample("klmnopqr", FILES)]
    kind = random.choice(["chain", "list", "both"])
    for index, (name, values) in enumerate(zip(names, files, strict=True)):
        below = names[:index][-1:] if kind == "chain" else names[:index] if kind == "both" or index == FILES - 1 else []
        up = "../" * name.count("/")
        said = shuffled(values, random) | ({"extends": [up + each for each in below]} if below else {})
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(json.dumps(said, indent=1), encoding="utf-8")
    return folder / names[-1]


@pytest.mark.parametrize("name", NAMES)
def test_order_of_keys_and_of_files_does_not_change_a_byte(name: str, tmp_path: Path) -> None:
    spec = SPECS / f"{name}.yaml"
    document, _ = load_spec(spec)
    assert document is not None
    values, wanted = document.data, compiled(spec)
    for seed in range(2):
        random = Random(f"{name} {seed}")
        folder = tmp_path / str(seed)
        layered = write(folder, distributed(values, random), random)
        assert load_spec(layered)[0].data == values  # type: ignore[union-attr]  # a spec that was just written
        assert compiled(layered) == wanted
    assert not any(str(tmp_path).encode() in content for content in wanted.values())


@pytest.mark.parametrize("seed", range(4))
def test_values_that_are_spread_over_files_come_together_again(seed: int, tmp_path: Path) -> None:
    for name in NAMES:
        values = load_spec(SPECS / f"{name}.yaml")[0].data  # type: ignore[union-attr]  # as above
        random = Random(f"{name} {seed}")
        document, told = load_spec(write(tmp_path / name, distributed(values, random), random))
        assert document is not None
        assert (document.data, told, document.resets) == (values, [], frozenset())
