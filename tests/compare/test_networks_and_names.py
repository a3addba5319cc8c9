"""Edits of a VPC that the deployment makes, and of the name and its health check, are told by their consequences."""

import shutil
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from capgen.assess import evaluate_tree
from capgen.compare import ResourceChange, compare
from tests.output.variants import compiled_variant
from tests.trees.edit import edit_json

MAIN = "eu-west-1/main.tf.json"
NETWORK, DNS = "module.network.aws_", "module.dns.aws_route53_"
ZONE = '["eu-west-1b"]'

Edited = Callable[[str, str, str, Any], Mapping[str, ResourceChange]]


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Edited:
    """Return what changes when a value of a variant is another."""

    @cache
    def before(variant: str) -> tuple[Path, Any]:
        tree = tmp_path_factory.mktemp(variant) / "cap-production"
        for name, content in compiled_variant(variant).items():
            file = tree / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
        return tree, evaluate_tree(tree)

    def edit(variant: str, file: str, path: str, to: Any) -> Mapping[str, ResourceChange]:
        tree, evaluated = before(variant)
        copy = Path(shutil.copytree(tree, tmp_path_factory.mktemp("edited") / "cap-production"))
        edit_json(copy / file, path, to)
        changes = compare(evaluated, evaluate_tree(copy))
        assert not changes.dangerous
        return {change.address: change for region in changes.regions for change in region.resources}

    return edit


def told(changes: Mapping[str, ResourceChange]) -> dict[str, str]:
    """Return what happens to each resource, with the arguments that force it."""
    return {
        address: " ".join([change.action, *(each.path for each in change.attributes if each.forces_replacement)])
        for address, change in changes.items()
    }


def test_another_range_replaces_the_vpc_and_everything_in_it_but_the_data(edited: Edited) -> None:
    actions = told(edited("new_vpc", MAIN, "module/network/cidr_block", "10.21.0.0/16"))
    assert actions[f"{NETWORK}vpc.this"] == "replace cidr_block"
    for name in (f"subnet.private{ZONE}", "default_security_group.this", "flow_log.this", "route_table.database"):
        assert actions[NETWORK + name] == "replace vpc_id", name
    assert actions[f"{NETWORK}nat_gateway.this{ZONE}"] == "replace subnet_id"
    assert actions[f"{NETWORK}route_table_association.database{ZONE}"] == "replace subnet_id"
    assert actions[f"{NETWORK}route.internet"] == "replace route_table_id"
    assert actions[f"{NETWORK}internet_gateway.this"] == "update", "it is attached to the other VPC"
    assert f"{NETWORK}eip.nat{ZONE}" not in actions, "the addresses that others let in stay"
    assert actions["module.database.aws_db_instance.this"] == "update"
    assert "module.storage.aws_efs_file_system.this" not in actions


def test_one_nat_gateway_for_all_gives_up_the_others_addresses(edited: Edited) -> None:
    gateways = {"eu-west-1a": "eu-west-1a", "eu-west-1b": "eu-west-1a"}
    assert told(edited("new_vpc", MAIN, "module/network/nat_gateways", gateways)) == {
        f"{NETWORK}eip.nat{ZONE}": "destroy",
        f"{NETWORK}nat_gateway.this{ZONE}": "destroy",
        f"{NETWORK}route.nat{ZONE}": "update",
    }


@pytest.mark.parametrize(
    ("path", "to", "actions"),
    [
        ("record_name", "other.example.com", {"record.this": "replace name"}),
        ("zone_id", "Z9999999999ABCDEFGHIJ", {"record.this": "replace zone_id"}),
        ("set_identifier", "other", {"record.this": "update"}),
        ("load_balancer_dns_name", "elsewhere", {"record.this": "update", "health_check.this": "update"}),
        ("health_check/path", "/", {"health_check.this": "update"}),
        (
            "health_check/request_interval",
            30,
            {"health_check.this": "replace request_interval", "record.this": "update"},
        ),
    ],
)
def test_a_name(edited: Edited, path: str, to: Any, actions: Mapping[str, str]) -> None:
    assert told(edited("dns_latency", MAIN, f"module/dns/{path}", to)) == {
        DNS + name: action for name, action in actions.items()
    }
