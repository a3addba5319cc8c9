"""The tests that run the pipelines' commands for real are slow."""

import subprocess
from pathlib import Path

import pytest

from tests.emulator.fixtures import emulator, emulator_process
from tests.terraform.fixtures import terraform

__all__ = ["emulator", "emulator_process", "terraform"]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the tests that use the real command."""
    for item in items:
        if "terraform" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.slow)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """Return a git repository with two commits."""
    for arguments in (["init", "-q"], ["commit", "-q", "--allow-empty", "-m", "1"],
                      ["commit", "-q", "--allow-empty", "-m", "2"]):  # fmt: skip
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@example.com", *arguments], cwd=tmp_path, check=True
        )
    return tmp_path
