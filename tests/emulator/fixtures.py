"""Pytest fixtures that any test folder can import to run roots against the emulator."""

from collections.abc import Iterator

import pytest

from tests.emulator.emulator import Emulator


@pytest.fixture(scope="session")
def emulator_process(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Emulator]:
    """Start one emulator for the whole run."""
    with Emulator.started(tmp_path_factory.mktemp("emulator") / "server.log") as emulator:
        yield emulator


@pytest.fixture(scope="module")
def emulator(emulator_process: Emulator) -> Emulator:
    """Return the emulator, empty; the tests of one module share what they create."""
    emulator_process.reset()
    return emulator_process
