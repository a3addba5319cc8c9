"""A run is closed off from the user and the network, and a failing one shows what it printed."""

from pathlib import Path

import pytest

from tests.terraform.harness import Terraform
from tests.terraform.mirror import Toolchain

SCRIPT = """#!/bin/sh
echo "said $@"
echo "complained" >&2
[ "$1" = plan ] && exit 2
[ "$1" = apply ] && exit 1
exit 0
"""


@pytest.fixture
def fake(tmp_path: Path) -> Terraform:
    binary = tmp_path / "terraform"
    binary.write_text(SCRIPT, encoding="utf-8")
    binary.chmod(0o755)
    return Terraform.create(Toolchain(binary, tmp_path / "mirror"), tmp_path / "home")


def test_a_run_returns_what_it_printed(fake: Terraform) -> None:
    ran = fake.plan("-target=x").require(2)
    assert ran.stdout == "said plan -no-color -input=false -detailed-exitcode -target=x\n"
    assert ran.stderr == "complained\n"


def test_a_failure_shows_what_it_printed(fake: Terraform) -> None:
    with pytest.raises(AssertionError, match=r"(?s)terraform apply.*exit code 1.*said apply.*complained"):
        fake.apply().require()


def test_nothing_of_the_user_reaches_a_run(fake: Terraform, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_PROFILE", "mine")
    monkeypatch.setenv("TF_CLI_ARGS", "-bad")
    environment = fake.at(fake.directory, TF_VAR_x="1").environment()
    assert not {"AWS_PROFILE", "TF_CLI_ARGS"} & environment.keys()
    assert environment["TF_VAR_x"] == "1"
    assert environment["HOME"] == str(fake.cli_config.parent)


def test_the_provider_comes_from_the_mirror_alone(fake: Terraform, tmp_path: Path) -> None:
    settings = fake.cli_config.read_text(encoding="utf-8")
    assert str(tmp_path / "mirror") in settings
    assert "filesystem_mirror" in settings
    assert "direct" not in settings
