"""What each policy says of single blocks. All of them stand in one root, which is judged once."""

import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from capgen.findings import FindingSeverity
from capgen.resources import table
from capgen.scan.checks import describe, stock_checks
from capgen.scan.policies import POLICIES
from tests.scan.policy_cases import CASES, DATABASE, EVERYONE, KEY, ROLE, lets_in, trust
from tests.scan.roots import judged


def named(number: int) -> str:
    return f"{CASES[number][1]}.case_{number}"


@cache
def all_cases() -> Mapping[tuple[str, str], bool | None]:
    return judged({named(number): case[2] for number, case in enumerate(CASES)})


@pytest.mark.parametrize(
    "number", range(len(CASES)), ids=lambda number: f"{number}-{CASES[number][0]}-{CASES[number][3]}"
)
def test_a_policy_judges_a_block(number: int) -> None:
    policy, _, _, expected = CASES[number]
    assert all_cases()[policy, named(number)] is expected


def test_a_condition_on_a_key_that_only_aws_knows_is_left_open() -> None:
    """checkov's HCL parser reads no expression in a key, so this is no case of both."""
    condition: dict[str, Any] = {"StringEquals": {"${data.x.y.key}": "x"}}
    found = judged({f"{ROLE}.a": trust(EVERYONE, **condition), f"{KEY}.a": lets_in(EVERYONE, **condition)})
    assert (found["CAPGEN_14", f"{ROLE}.a"], found["CAPGEN_19", f"{KEY}.a"]) == (None, None)


def test_the_findings_of_the_reachability_proof_are_described_too() -> None:
    for id in ("CAPGEN_40", "CAPGEN_41"):
        check = describe(id)
        assert check.title.startswith("Ensure every ")
        assert check.severity is FindingSeverity.HIGH
        assert check.rationale
        assert check.fix
        assert check.link.startswith("https://")


def test_every_policy_passes_fails_and_is_left_open_somewhere() -> None:
    """Of each policy there is a case for either verdict; those of single blocks have one for an unknown value too."""
    for verdict in (True, False):
        told = {policy for policy, _, _, expected in CASES if expected is verdict}
        open_elsewhere = {"CAPGEN_13", "CAPGEN_15", "CAPGEN_24", "CAPGEN_25", "CAPGEN_44"}
        assert {policy.id for policy in POLICIES} - told <= open_elsewhere


def test_ids_count_without_gaps() -> None:
    """The reachability proof has two of them."""
    proof = ["CAPGEN_40", "CAPGEN_41"]
    numbers = range(1, len(POLICIES) + len(proof) + 1)
    assert [policy.id for policy in POLICIES] == [
        f"CAPGEN_{number}" for number in numbers if f"CAPGEN_{number}" not in proof
    ]


def test_every_policy_says_why_and_what_to_do() -> None:
    for policy in POLICIES:
        assert policy.title.startswith("Ensure ")
        assert policy.rationale.count(". ") >= 1, policy.id
        assert policy.rationale.endswith(".")
        assert policy.fix.endswith(".")
        assert policy.link.startswith("https://")
        assert policy.severity in FindingSeverity
        assert policy.spec


def test_every_exception_of_the_wildcards_has_its_reason() -> None:
    exceptions = table("policy/wildcards.json")
    for each in (*exceptions["actions"], *exceptions["resources"]):
        assert each["reason"].endswith(".")
        assert each["link"].startswith("https://docs.aws.amazon.com/")


def test_a_policy_is_described_by_its_definition() -> None:
    check = describe("CAPGEN_20", type=DATABASE)
    assert (check.spec, describe("CAPGEN_20").spec) == ("database.deletion_protection", "storage.deletion_protection")
    assert check.rationale.startswith("Terraform replaces")
    assert check.link.startswith("https://")


def test_stock_checks_are_described_by_the_table() -> None:
    assert stock_checks()["CKV_AWS_16"] == describe("CKV_AWS_16")
    assert describe("CKV_AWS_16").severity is FindingSeverity.HIGH


def test_a_check_that_nobody_describes_speaks_for_itself() -> None:
    check = describe("ACME_1", " Ensure x ", "https://acme.example.com/1", FindingSeverity.HIGH)
    assert (check.title, check.severity, check.link) == ("Ensure x", FindingSeverity.HIGH, "https://acme.example.com/1")
    assert describe("ACME_2", "Ensure y").severity is FindingSeverity.MEDIUM


def test_importing_the_scan_does_not_import_checkov() -> None:
    program = "import sys, capgen.scan, capgen.scan.policies, capgen.scan.checks; sys.exit('checkov' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
