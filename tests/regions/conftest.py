"""Tests that use the real command are slow."""

import pytest

from tests.terraform.fixtures import terraform

__all__ = ["terraform"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that use the real command."""
    for item in items:
        if "terraform" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)
