"""What is not asked twice, or not at all, would have said the same."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import dpath  # type: ignore[import-untyped]  # it has no types
import pytest

from capgen.assess import evaluate_tree
from capgen.evaluate import Flattened
from capgen.scan import attribute_checks, engine, graph_checks, runner
from capgen.scan.direct_paths import DirectPaths
from capgen.scan.runner import run
from capgen.scan.verdict import Verdict
from tests.output.variants import VARIANTS, compiled_variant


def flattened(name: str, folder: Path) -> list[Flattened]:
    for path, content in compiled_variant(name).items():
        file = folder / name / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return [side.flattened for side in evaluate_tree(folder / name) if side.flattened is not None]


def afresh(root: Flattened, monkeypatch: pytest.MonkeyPatch) -> list[Verdict]:
    """Judge with every check, remember nothing, and let checkov find its own way into blocks."""
    attribute_checks.forget()
    with monkeypatch.context() as patch:
        patch.setattr(runner, "direct_paths", lambda _: nullcontext())
        patch.setattr(graph_checks, "_about", lambda _: None)
        return run(root)


@pytest.mark.parametrize("name", ["two_regions", "https_certificate", "development", "aws_keys", "fenced_in"])
def test_a_remembered_verdict_is_that_of_a_check(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert name in VARIANTS
    for root in flattened(name, tmp_path):
        expected = afresh(root, monkeypatch)
        assert run(root) == expected
        assert run(root) == expected, "the second time all is remembered"


def test_most_blocks_of_a_second_region_are_remembered(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = flattened("two_regions", tmp_path)
    attribute_checks.forget()
    run(first)
    asked: list[str] = []
    verdict = attribute_checks._verdict

    def counted(check: Any, block: Any, connected: Any) -> Verdict:
        asked.append(block.name)
        return verdict(check, block, connected)

    monkeypatch.setattr(attribute_checks, "_verdict", counted)
    run(second)
    counts_of_second = len(asked)
    attribute_checks.forget()
    run(second)
    assert counts_of_second < (len(asked) - counts_of_second) * 0.8


def test_what_is_remembered_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attribute_checks, "_REMEMBERED", 3)
    for root in flattened("development", tmp_path):
        expected = afresh(root, monkeypatch)
        assert run(root) == expected
    assert len(attribute_checks._known) <= 3


def test_checks_that_look_at_other_blocks_are_known() -> None:
    registry = engine.load().registries["resource"]
    checks = {check.id: check for type in ("aws_s3_bucket_acl", "aws_api_gateway_method", "aws_db_instance")
              for check in registry.get_checks(type)}  # fmt: skip
    around = {id for id, check in checks.items() if attribute_checks._looks_around(check)}
    assert {"CKV_AWS_379", "CKV2_AWS_70"} <= around, "S3SecureDataTransport and APIGatewayMethodWOAuth read the graph"
    assert "CKV_AWS_16" not in around
    assert {id for id in checks if id.startswith("CAPGEN_")} <= around


BLOCK: dict[str, Any] = {
    "rule": [{"status": ["Enabled"], "filter": [{"prefix": [""]}]}, {"status": ["Disabled"]}],
    "tags": [{"a": "b", "0": "c"}],
    "name": ["x"],
    "empty": [],
}
PATHS = ["name", "name/[0]", "rule/[0]/status", "rule/0/status/[0]", "rule/*/status", "rule/[1]/status/0",
         "rule/-1/status", "rule/[0]/filter/[0]/prefix", "tags/[0]/a", "tags/[0]/0", "tags/a", "empty", "empty/[0]",
         "absent", "name/0/x", "/name", "rule/", "**/status", "na?e"]  # fmt: skip


@pytest.mark.parametrize("path", PATHS)
def test_a_path_leads_where_dpath_says(path: str) -> None:
    direct = DirectPaths(dpath)
    assert (direct.search(BLOCK, path) != {}) == (dpath.search(BLOCK, path) != {})
    assert list(direct.search(BLOCK, path, yielded=True)) == list(dpath.search(BLOCK, path, yielded=True))
    assert outcome(direct.get, path) == outcome(dpath.get, path)


def outcome(get: Callable[[Any, str], Any], path: str) -> Any:
    try:
        return get(BLOCK, path)
    except (KeyError, ValueError) as error:
        return type(error)
