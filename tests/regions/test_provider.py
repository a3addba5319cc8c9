"""What the AWS provider really makes of a region that its own list lacks."""

import json
import re
from pathlib import Path

import pytest

from capgen.region_facts import facts_of, listed_regions, provider_validates
from capgen.resources import table
from tests.terraform.harness import Terraform

NOWHERE = "zz-north-9"
"""A region whose code is of no partition's form: a rule refuses it."""
SKIPPED = ("ap-southeast-6", "cn-south-9", NOWHERE)


def write_root(folder: Path, *regions: str, skip: bool) -> None:
    """Write a root that outputs the partition of each region."""
    offline = {"access_key": "testing", "secret_key": "testing", "skip_credentials_validation": True,
               "skip_requesting_account_id": True, "skip_metadata_api_check": "true"}  # fmt: skip
    blocks = [{"alias": region, "region": region, "skip_region_validation": skip, **offline} for region in regions]
    data = {region: {"provider": f"aws.{region}"} for region in regions}
    facts = {
        region: [f"data.aws_partition.{region}.{fact}" for fact in ("partition", "dns_suffix")] for region in regions
    }
    output = {region: {"value": " ".join(f"${{{fact}}}" for fact in facts[region])} for region in regions}
    root = {"terraform": {"required_providers": {"aws": {"source": "hashicorp/aws"}}},
            "provider": {"aws": blocks}, "data": {"aws_partition": data}, "output": output}  # fmt: skip
    (folder / "main.tf.json").write_text(json.dumps(root), encoding="utf-8")


def test_a_region_that_is_not_validated_has_the_partition_that_capgen_takes_it_for(
    tmp_path: Path, terraform: Terraform
) -> None:
    write_root(tmp_path, *SKIPPED, skip=True)
    command = terraform.at(tmp_path)
    command.init().require()
    plan = tmp_path / "plan.tfplan"
    command.plan(f"-out={plan}").require(2)
    outputs = command.show_json(plan)["planned_values"]["outputs"]
    told = {region: outputs[region]["value"] for region in SKIPPED}
    for region in set(SKIPPED) - {NOWHERE}:
        facts = facts_of(region)
        assert told[region] == f"{facts.partition} {facts.dns_suffix}"
    assert told[NOWHERE].startswith(" "), "the provider knows a partition by now: the rule can let the region pass"
    assert facts_of(NOWHERE).partition is None

    write_root(tmp_path, "ap-southeast-6", skip=False)
    assert "invalid AWS Region: ap-southeast-6" in command.plan().require(1).output


def test_the_table_of_what_terraform_refuses_names_listed_regions() -> None:
    validation = table("aws/region_validation.json")
    for part in ("provider", "backend"):
        refused = validation[part]["refuses"]
        assert refused == sorted(refused)
        assert set(refused) < set(listed_regions())
    assert not provider_validates("ap-southeast-6")
    assert not provider_validates("ap-central-9")
    assert provider_validates("eu-west-1")


@pytest.mark.parametrize("region", listed_regions())
def test_a_listed_region_has_the_partition_of_its_codes(region: str) -> None:
    """So that the table and what is derived for regions to come never disagree."""
    partition = facts_of(region).partition
    forms = {name: each["region_pattern"] for name, each in table("aws/regions.json")["partitions"].items()}
    assert [name for name, form in forms.items() if re.fullmatch(form, region)] == [partition]
