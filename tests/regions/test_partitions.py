"""One spec over three partitions, a young region and one that is not listed: every root is right for its own."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from capgen.region_facts import facts_of
from capgen.synth.registry import BUILDERS
from tests.regions.everywhere import ACCOUNTS, PARTITIONS, YOUNG, compiled, flattened, role

UNIVERSAL = {
    "ecs-tasks.amazonaws.com",
    "lambda.amazonaws.com",
    "logdelivery.elasticloadbalancing.amazonaws.com",
    "logging.s3.amazonaws.com",
    "monitoring.rds.amazonaws.com",
}
"""Service principals that are the same in every partition; that of CloudWatch Logs is not among them.

https://docs.amazonaws.cn/en_us/IAM/latest/UserGuide/reference_policies_elements_principal.html#principal-services
"""
_SUFFIX = "${data.aws_partition.current.dns_suffix}"


def texts(region: str) -> Iterator[str]:
    """Yield every text of a region's resources and data sources, those within policies too."""
    flat = flattened(region)
    for body in (*flat.resources.values(), *flat.data.values()):
        yield from _texts(body)


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        for key, member in value.items():
            yield from _texts(key)
            yield from _texts(member)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield from re.findall(r"[^\s\"\\]+", value)


def file(path: str) -> Any:
    return json.loads(compiled()[path])


@pytest.mark.parametrize("region", PARTITIONS)
def test_no_arn_and_no_host_is_of_another_partition(region: str) -> None:
    found = list(texts(region))
    named = {text for text in found if "arn:aws" in text}
    assert all(text.startswith(f"arn:{PARTITIONS[region]}:") for text in named), named
    hosts = {text for text in found if "amazonaws" in text} - UNIVERSAL
    suffix = facts_of(region).dns_suffix
    assert hosts == {f"{ACCOUNTS[region]}.dkr.ecr.{region}.{suffix}/cap/agent:1.0.0"}


@pytest.mark.parametrize("region", PARTITIONS)
def test_what_depends_on_the_partition_is_asked_of_terraform(region: str) -> None:
    found = set(texts(region))
    assert f"logs.{region}.{_SUFFIX}" in found
    assert f"secretsmanager.{region}.{_SUFFIX}" in found
    arns = {text for text in found if text.startswith("arn:")}
    assert arns
    assert all(text.startswith("arn:${data.aws_partition.current.partition}:") for text in arns), arns


def test_every_principal_of_a_service_is_one_that_was_looked_up() -> None:
    for region in PARTITIONS:
        assert {text for text in texts(region) if text.endswith("amazonaws.com")} == UNIVERSAL


@pytest.mark.parametrize("region", PARTITIONS)
def test_provider_and_state_are_of_the_regions_own_account(region: str) -> None:
    (provider,) = file(f"{region}/providers.tf.json")["provider"]["aws"]
    assert provider["region"] == region
    assert provider["allowed_account_ids"] == [ACCOUNTS[region]]
    assert provider["assume_role"] == [{"role_arn": role(region), "external_id": "capgen", "session_name": "capgen"}]
    state = file(f"{region}/backend.tf.json")["terraform"]["backend"]["s3"]
    assert state["assume_role"] == {"role_arn": role(region, "state")}
    assert state["key"] == f"capgen/cap-production/{region}/terraform.tfstate"
    assert (state["bucket"], state["region"]) == (f"acme-state-{region}", region)


def test_only_where_the_provider_would_refuse_a_region_it_is_told_not_to() -> None:
    skipped = {
        region
        for region in PARTITIONS
        if file(f"{region}/providers.tf.json")["provider"]["aws"][0].get("skip_region_validation")
    }
    assert skipped == {"ap-southeast-6", YOUNG}
    assert {
        region
        for region in PARTITIONS
        if file(f"{region}/backend.tf.json")["terraform"]["backend"]["s3"].get("skip_region_validation")
    } == skipped


def test_regions_of_all_partitions_share_every_module() -> None:
    modules = {path.split("/")[1] for path in compiled() if path.startswith("modules/")}
    assert len(modules) <= len(BUILDERS)
    assert not [name for name in modules if re.search(r"_\d+$", name)]
    for module in modules:
        callers = [region for region in PARTITIONS if module in file(f"{region}/main.tf.json")["module"]]
        assert callers == list(PARTITIONS)


@pytest.mark.parametrize("region", PARTITIONS)
def test_every_command_of_the_runbook_names_the_region(region: str) -> None:
    """The command line finds host and partition by it: https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-options.html."""
    text = compiled()[f"{region}/RUNBOOK.md"].decode().replace("\\\n", " ")
    commands = re.findall(r"\baws [a-z0-9]+ [a-z-]+[^\n]*", text)
    assert len(commands) > 10
    for command in commands:
        assert f"--region {region}" in command or command.startswith("aws account"), command
    assert ACCOUNTS[region] in text
    assert role(region) in text
    assert role(region, "state") in text
