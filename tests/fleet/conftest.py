from pathlib import Path

import pytest


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty working directory; nothing is known from earlier runs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CAPGEN_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path
