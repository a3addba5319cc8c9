"""What all tests share: golden files and the flag that rewrites them, and how the work is dealt to processes."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

pytest_plugins = ("tests.trees.fixtures",)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write what the tests produce into their golden files"
    )


_LONGEST = ("output/test_disaster_recovery.py", "output/test_apply.py", "output/test_variant_apply.py")
"""Files whose applies take minutes, which the provider waits for the most part. All else goes on beside them."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the files that take longest."""
    items.sort(key=lambda item: not item.path.as_posix().endswith(_LONGEST))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """Take one process more than there are cores: an apply mostly waits."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Return a function that holds a text to a file, or rewrites the file when pytest runs with --update-golden."""
    update = bool(request.config.getoption("--update-golden"))

    def compare(path: Path, text: str) -> None:
        if update:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        assert path.is_file(), f"{path} is missing: run pytest --update-golden"
        assert path.read_bytes().decode() == text

    return compare
