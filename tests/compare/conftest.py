"""The compiled example, and the real command for those tests that hold the comparison against it."""

from collections.abc import Sequence
from pathlib import Path

import pytest

from capgen.assess import RegionAssessment, evaluate_tree
from tests.emulator.fixtures import emulator, emulator_process
from tests.output.example import GOLDEN
from tests.terraform.conftest import pytest_collection_modifyitems
from tests.terraform.fixtures import terraform

__all__ = ["emulator", "emulator_process", "pytest_collection_modifyitems", "terraform"]


@pytest.fixture(scope="session")
def example() -> Path:
    """The committed output of the example, which no test changes."""
    return GOLDEN / "cap-production"


@pytest.fixture(scope="session")
def evaluated(example: Path) -> Sequence[RegionAssessment]:
    return evaluate_tree(example)
