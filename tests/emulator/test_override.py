"""The override turns every AWS provider of a root to the emulator, and leaves the rest of the root as it was."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.emulator.override import write_override

URL = "http://127.0.0.1:1"


@pytest.mark.parametrize(
    ("provider", "aliases"),
    [
        ({}, [None]),
        ({"aws": {"region": "eu-west-1"}}, [None]),
        ({"aws": [{"region": "eu-west-1"}, {"alias": "global", "region": "us-east-1"}]}, [None, "global"]),
        ([{"aws": {"alias": "global"}}], [None, "global"]),
    ],
)
def test_each_provider_block_has_its_override(tmp_path: Path, provider: Any, aliases: list[str | None]) -> None:
    (tmp_path / "main.tf.json").write_text(json.dumps({"provider": provider}), encoding="utf-8")
    written = json.loads(write_override(tmp_path, URL).read_text(encoding="utf-8"))
    assert [block.get("alias") for block in written["provider"]["aws"]] == aliases
    for block in written["provider"]["aws"]:
        assert set(block["endpoints"][0].values()) == {URL}
        assert not {"region", "default_tags", "allowed_account_ids"} & block.keys()
    assert list(written["terraform"]["backend"]) == ["local"]


def test_a_second_override_changes_nothing(tmp_path: Path) -> None:
    first = write_override(tmp_path, URL).read_text(encoding="utf-8")
    assert write_override(tmp_path, URL).read_text(encoding="utf-8") == first


def test_an_override_forgets_a_provider_that_its_root_no_longer_has(tmp_path: Path) -> None:
    main = tmp_path / "main.tf.json"
    main.write_text(json.dumps({"provider": {"aws": [{}, {"alias": "primary"}]}}), encoding="utf-8")
    write_override(tmp_path, URL)
    main.write_text(json.dumps({"provider": {"aws": {}}}), encoding="utf-8")
    (block,) = json.loads(write_override(tmp_path, URL).read_text(encoding="utf-8"))["provider"]["aws"]
    assert "alias" not in block
