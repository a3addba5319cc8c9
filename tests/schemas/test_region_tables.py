"""The tables about regions go together, and the script that builds them takes each from where it says."""

import json
import runpy
from typing import Any

import pytest

from capgen.resources import schemas_dir

AWS = schemas_dir() / "aws"
SCRIPT = AWS / "build_region_services.py"


def load(name: str) -> Any:
    return json.loads((AWS / name).read_text(encoding="utf-8"))


def test_the_tables_are_of_one_day() -> None:
    assert {load(name)["date"] for name in ("regions.json", "region_services.json", "rds_offers.json")} == {
        load("regions.json")["date"]
    }


def test_services_are_told_of_every_region() -> None:
    table = load("region_services.json")
    assert list(table["regions"]) == list(load("regions.json")["regions"])
    for region, services in table["regions"].items():
        assert services == sorted(set(services)), region
        assert set(services) <= set(table["services"]), region


def test_what_cfn_lint_lists_is_in_the_table() -> None:
    table = load("region_services.json")["regions"]
    listed = runpy.run_path(str(SCRIPT))["from_cfn_lint"]()
    assert len(listed) > 30
    for region, services in listed.items():
        assert services <= set(table[region]), region


@pytest.mark.parametrize("region", ["us-iso-east-1", "us-isob-east-1", "us-isof-south-1", "eu-isoe-west-1"])
def test_a_list_that_is_a_copy_of_another_regions_says_nothing(region: str) -> None:
    assert region not in runpy.run_path(str(SCRIPT))["from_cfn_lint"]()


def test_a_partition_has_one_suffix_and_one_form_of_codes() -> None:
    table = load("regions.json")
    suffixes = {(each["partition"], each["dns_suffix"]) for each in table["regions"].values()}
    assert suffixes == {(name, each["dns_suffix"]) for name, each in table["partitions"].items()}
    assert all(each["region_pattern"].startswith("^") for each in table["partitions"].values())
    assert all(each["region_pattern"].endswith("$") for each in table["partitions"].values())
