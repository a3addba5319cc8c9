"""The picture of a standby says what of it is a copy; that of its primary, and of a region alone, does not."""

import pytest

from capgen.assess import evaluate_tree
from capgen.evaluate import Flattened, blocks
from capgen.pipeline import compile_spec
from capgen.report.topology.copies import READ_ONLY_COPY, RECEIVES_COPIES, REPLICA, copied
from capgen.report.topology.services import services
from tests.output.example import example_spec
from tests.output.variants import VARIANTS, patched


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Flattened]:
    folder = tmp_path_factory.mktemp("standby")
    spec = folder / "spec.yaml"
    spec.write_text(patched(example_spec(), {**VARIANTS["standby"], "policy": {"waivers": []}}), encoding="utf-8")
    compiled = compile_spec(spec, folder / "out")
    assert compiled.directory is not None, compiled.diagnostics
    return {each.region: each.flattened for each in evaluate_tree(compiled.directory) if each.flattened is not None}


def of_blocks(root: Flattened) -> set[tuple[str, str]]:
    return {(block.type, badge.text) for block in blocks(root) for badge in copied(block, root)}


def of_services(root: Flattened) -> set[tuple[str, str]]:
    told = {RECEIVES_COPIES.text, "1 replicated"}
    return {(each.name, badge.text) for each in services(root) for badge in each.badges if badge.text in told}


def test_a_standby_shows_what_is_copied_to_it(roots: dict[str, Flattened]) -> None:
    standby = roots["eu-central-1"]
    assert of_blocks(standby) == {("aws_db_instance", REPLICA.text), ("aws_efs_file_system", READ_ONLY_COPY.text)}
    assert of_services(standby) == {("S3", RECEIVES_COPIES.text)}


def test_a_primary_shows_the_secret_that_it_hands_on(roots: dict[str, Flattened]) -> None:
    primary = roots["eu-west-1"]
    assert of_blocks(primary) == set()
    assert of_services(primary) == {("Secrets Manager", "1 replicated")}
