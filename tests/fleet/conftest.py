from pathlib import Path

import pytest

from tests.fleet.specs import edit, run, write_spec

NAMES = ("a", "b", "c", "d")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty working directory; nothing is known from earlier runs."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CAPGEN_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path


@pytest.fixture
def fleet(here: Path) -> Path:
    """Return a folder with four deployments that are compiled, and whose specs have changed since."""
    for name in NAMES:
        write_spec(here / f"specs/{name}.yaml", f"cap-{name}")
    run(here)
    for name in NAMES:
        state = here / f"out/cap-{name}/eu-west-1/terraform.tfstate"
        state.write_text("{}")
        edit(here / f"specs/{name}.yaml", "cap-agent:1.0.0", "cap-agent:1.1.0")
    return here
