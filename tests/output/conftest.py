"""Tests of the output use the real command and the emulator; those that do are slow."""

import pytest

from tests.emulator.fixtures import emulator, emulator_process
from tests.terraform.fixtures import terraform

__all__ = ["emulator", "emulator_process", "terraform"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that use the real command."""
    for item in items:
        if "terraform" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)
