"""Every test that asks for the real command is slow, and runs against the emulator."""

from tests.emulator.fixtures import emulator, emulator_process
from tests.terraform.conftest import pytest_collection_modifyitems
from tests.terraform.fixtures import terraform

__all__ = ["emulator", "emulator_process", "pytest_collection_modifyitems", "terraform"]
