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
