"""The documents say what the code does."""

import json
import re
from functools import cache
from pathlib import Path

from capgen.resources import schemas_dir
from capgen.synth.registry import BUILDERS
from tests.output.variants import compiled_variant

REPOSITORY = Path(__file__).parents[2]
ARCHITECTURE = (REPOSITORY / "docs" / "architecture.md").read_text(encoding="utf-8")
STAGE = re.compile(r"^(\d+)\. \*\*(\w+)\*\* \(`(capgen/\w+)/`\)", re.MULTILINE)

WITHOUT_RULES = {"logs", "replication"}
"""Rooms of which the schema says everything; and one whose rules are of two regions, in capgen/rules/recovery.py."""


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
    pipeline = REPOSITORY / "capgen" / "pipeline"
    validate = (pipeline / "validate.py").read_text(encoding="utf-8")
    calls = ["load_spec(", "validate_document(", "build_model(", "check_rules("]
    assert sorted(calls, key=validate.index) == calls
    compile = (pipeline / "compile.py").read_text(encoding="utf-8")
    later = ["plan_deployment(", "synthesise(", "complete_files("]
    assert sorted(later, key=compile.index) == later


@cache
def compiled_rooms() -> frozenset[str]:
    """Return the rooms of the committed example, and of the variants that have those which it does not need."""
    modules = REPOSITORY / "out" / "cap-production" / "modules"
    rooms = {path.parent.name for path in modules.glob("*/main.tf.json")}
    for variant in ("standby", "dns_simple"):
        rooms |= {path.split("/")[1] for path in compiled_variant(variant) if path.startswith("modules/")}
    return frozenset(rooms)


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
        assert room in compiled_rooms(), f"{room} stands in no compiled output of the tests"
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
