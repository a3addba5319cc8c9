"""The documents say what the code does."""

import json
import re
from pathlib import Path

from capgen.resources import schemas_dir
from capgen.synth.registry import BUILDERS

REPOSITORY = Path(__file__).parents[2]
ARCHITECTURE = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
STAGE = re.compile(r"^(\d+)\. \*\*(\w+)\*\* \(`(capgen/\w+)/`\)", re.MULTILINE)

WITHOUT_RULES = {"logs"}
"""Rooms of which the schema says everything."""


def test_every_stage_is_a_folder_with_its_number_in_order() -> None:
    stages = STAGE.findall(ARCHITECTURE)
    assert [int(number) for number, _, _ in stages] == list(range(16))
    for _, name, folder in stages:
        assert folder == f"capgen/{name}"
        assert (REPOSITORY / folder / "__init__.py").is_file()


def test_the_folders_of_stages_say_their_number() -> None:
    for number, name, folder in STAGE.findall(ARCHITECTURE):
        first_line = (REPOSITORY / folder / "__init__.py").read_text(encoding="utf-8").splitlines()[0]
        assert first_line.startswith(f'"""Stage {number}, {name}: '), folder


def test_the_pipeline_runs_the_stages_in_that_order() -> None:
    pipeline = (REPOSITORY / "capgen" / "pipeline.py").read_text(encoding="utf-8")
    calls = ["load_file(", "validate_document(", "build_model(", "check_rules("]
    assert sorted(calls, key=pipeline.index) == calls
    later = ["plan_deployment(", "synthesise(", "write_deployment("]
    assert sorted(later, key=pipeline.index) == later


def test_every_room_is_named_and_complete() -> None:
    rooms = {path.name for path in (REPOSITORY / "capgen" / "components").iterdir() if (path / "__init__.py").is_file()}
    assert rooms == set(BUILDERS)
    for room in rooms:
        folder = REPOSITORY / "capgen" / "components" / room
        parts = {"plan.py", "construct.py", "checks.py", "rules.py"} - (
            {"rules.py"} if room in WITHOUT_RULES else set()
        )
        assert {path.name for path in folder.glob("*.py")} >= parts, room
        assert room in ARCHITECTURE
        assert (REPOSITORY / "out" / "cap-production" / "modules" / room / "main.tf.json").is_file()
        assert list((REPOSITORY / "tests" / "components").glob(f"test_{room}*.py")), f"{room} has no test of its own"


def test_the_table_of_profiles_is_that_of_the_data() -> None:
    profiles = json.loads((schemas_dir() / "profiles.json").read_text(encoding="utf-8"))["profiles"]
    rows = {
        f"| `{section}.{field}` | "
        + " | ".join(json.dumps(profiles[name][section][field]) for name in ("production", "staging", "development"))
        + " |"
        for section, values in profiles["production"].items()
        for field in values
    }
    written = set(re.findall(r"^\| `\w+\.\w+` \| .* \|$", (REPOSITORY / "docs" / "spec.md").read_text(), re.MULTILINE))
    assert written - rows == {row for row in written if "password.source" in row}
    assert rows <= written
