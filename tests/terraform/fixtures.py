"""Pytest fixtures that any test folder can import to run the real command."""

import os

import pytest

from tests.terraform.harness import Terraform
from tests.terraform.mirror import Missing, find_toolchain

REQUIRE_VARIABLE = "CAPGEN_REQUIRE_TERRAFORM"
"""Set to 1 where a missing command or mirror must fail the run instead of skipping it."""


@pytest.fixture(scope="session")
def terraform(tmp_path_factory: pytest.TempPathFactory) -> Terraform:
    """Return the real command; `terraform.at(directory)` runs it somewhere."""
    toolchain = find_toolchain()
    if isinstance(toolchain, Missing):
        if os.environ.get(REQUIRE_VARIABLE) == "1":
            pytest.fail(toolchain.reason, pytrace=False)
        pytest.skip(toolchain.reason)
    return Terraform.create(toolchain, tmp_path_factory.mktemp("terraform"))
