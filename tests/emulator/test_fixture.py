"""One of every resource that capgen writes, applied to the emulator by the real command: a gap of moto shows here."""

import json
import shutil
import zipfile
from pathlib import Path

import pytest

from tests.emulator.drift import unexplained
from tests.emulator.emulator import Emulator
from tests.emulator.override import environment, write_override
from tests.terraform.harness import CHANGES_PENDING, Result, Terraform

FIXTURE = Path(__file__).with_name("fixture")
REGION = "eu-west-1"
HOSTED_ZONES = {"Z0A1B2C3D4E5F6": "example.com."}


@pytest.fixture(scope="module")
def root(terraform: Terraform, emulator: Emulator, tmp_path_factory: pytest.TempPathFactory) -> Terraform:
    """Return the command in a copy of the fixture that is turned to the emulator and initialised."""
    directory = tmp_path_factory.mktemp("fixture")
    shutil.copytree(FIXTURE, directory, dirs_exist_ok=True)
    _zip(directory / "script.py", directory / "script.zip")
    emulator.plant_named_in(directory, REGION, hosted_zones=HOSTED_ZONES)
    write_override(directory, emulator.url)
    command = terraform.at(directory, **environment(emulator.url))
    _show("init", command.init().require())
    return command


@pytest.fixture(scope="module")
def applied(root: Terraform, emulator: Emulator) -> Terraform:
    """Return the command after a first apply."""
    _show("apply", root.apply().require())
    assert emulator.unanswered() == []
    return root


def test_second_plan_is_empty(applied: Terraform, emulator: Emulator) -> None:
    saved = applied.directory / "second.tfplan"
    plan = _show("second plan", applied.plan(f"-out={saved}").require(0, CHANGES_PENDING))
    if plan.exit_code == CHANGES_PENDING:
        assert unexplained(applied.show_json(saved)) == []
    assert emulator.unanswered() == []


def test_no_secret_is_in_state(applied: Terraform, emulator: Emulator) -> None:
    state = (applied.directory / "terraform.tfstate").read_text(encoding="utf-8")
    secrets = emulator.client("secretsmanager", REGION)
    password = secrets.get_secret_value(SecretId="fixture/database")["SecretString"]
    access_key = secrets.get_secret_value(SecretId="fixture/deploy-user-credentials")["SecretString"]
    for secret in (_value(password, "password"), _value(access_key, "SecretAccessKey")):
        assert len(secret) >= 32
        assert secret not in state


def test_rollback_fails_the_apply(applied: Terraform, emulator: Emulator) -> None:
    emulator.roll_back("fixture-svc")
    image = "-var=image=agent:2"
    failed = _show("apply that ECS rolls back", applied.apply(image, "-target=aws_ecs_service.this").require(1))
    assert "ECS rolled the service back" in failed.output


def test_destroy(applied: Terraform, emulator: Emulator) -> None:
    _show("destroy", applied.destroy("-refresh=false").require())
    state = json.loads((applied.directory / "terraform.tfstate").read_text(encoding="utf-8"))
    assert state["resources"] == []
    assert emulator.unanswered() == []


def _value(document: str, key: str) -> str:
    value: str = json.loads(document)[key]
    return value


def _zip(source: Path, target: Path) -> None:
    """Write an archive whose bytes depend on the source alone."""
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr(zipfile.ZipInfo(source.name, (1980, 1, 1, 0, 0, 0)), source.read_bytes())


def _show(step: str, result: Result) -> Result:
    """Print how long a step took; `pytest -s` or `-rP` shows it."""
    print(f"{step}: {result.seconds:.1f} s")
    return result
