"""The committed output of the example is what capgen writes, byte for byte.

`pytest --update-golden` writes it anew; the diff then shows a reviewer what a change does to a deployment.
"""

import shutil
from pathlib import Path

import pytest

from capgen.pipeline import build
from tests.output.example import GOLDEN, example_spec, tree
from tests.terms import TERMS

NAME = "cap-production"


@pytest.fixture(scope="module")
def built_directory(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("golden")
    spec = folder / f"{NAME}.yaml"
    spec.write_text(example_spec(), encoding="utf-8")
    built = build(spec, folder / "out", TERMS)
    assert not built.assessment.findings, built.assessment.findings
    assert built.ok
    assert built.compiled.directory is not None
    return built.compiled.directory


def test_the_example_compiles_to_the_committed_output(built_directory: Path, request: pytest.FixtureRequest) -> None:
    committed = GOLDEN / NAME
    if request.config.getoption("--update-golden"):
        shutil.rmtree(committed, ignore_errors=True)
        shutil.copytree(built_directory, committed)
    fresh, golden = tree(built_directory), tree(committed)
    assert sorted(fresh) == sorted(golden)
    changed = [path for path, content in fresh.items() if golden[path] != content]
    assert not changed, f"run pytest --update-golden and review the diff of {changed}"


def test_the_output_names_no_machine(built_directory: Path) -> None:
    for path, content in tree(built_directory).items():
        for sign in (str(Path.home()).encode(), str(built_directory.parent).encode(), b"/tmp/"):
            assert sign not in content, path
