"""Small compiled deployments, written by hand."""

import shutil
from pathlib import Path

import pytest

TREES = Path(__file__).parent


@pytest.fixture(scope="session")
def small() -> Path:
    """A deployment whose flattened root can be read at a glance."""
    return TREES / "small"


@pytest.fixture(scope="session")
def rich() -> Path:
    """A deployment with most of the resource types that capgen emits."""
    return TREES / "rich"


@pytest.fixture
def small_copy(small: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(small, tmp_path / "small"))


@pytest.fixture
def rich_copy(rich: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(rich, tmp_path / "rich"))
