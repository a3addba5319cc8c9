"""Single flaws that checkov lets pass."""

import json
from pathlib import Path
from typing import Any

import pytest

from capgen.scan import FindingSeverity, scan_region
from capgen.scan.own_checks import OWN_CHECKS
from tests.scan.edit import edit_json

ROOT = "eu-west-1/main.tf.json"
DATABASE = "modules/database/main.tf.json"
SECURITY = "modules/security/main.tf.json"
SERVICE = "modules/service/main.tf.json"
DEFINITIONS = "resource/aws_ecs_task_definition/this/container_definitions"
INGRESS = "resource/aws_vpc_security_group_ingress_rule/database"
EGRESS = "resource/aws_vpc_security_group_egress_rule/service"


def rule(**arguments: Any) -> dict[str, Any]:
    return {
        "security_group_id": "${aws_security_group.database.id}",
        "description": "x",
        "ip_protocol": "tcp",
        **arguments,
    }


def findings(deployment: Path) -> set[str]:
    scan = scan_region(deployment / "eu-west-1", waivers=())
    assert scan.judged, scan.diagnostics
    return {finding.check for finding in scan.findings if finding.check.startswith("CAPGEN_")}


def test_a_sound_tree_passes(rich: Path) -> None:
    assert findings(rich) == set()


@pytest.mark.parametrize(
    ("check", "file", "path", "value"),
    [
        ("CAPGEN_1", DATABASE, "resource/aws_db_instance/this/password", "hunter2hunter2"),
        ("CAPGEN_1", DATABASE, "resource/aws_db_instance/this/password", "$${not_an_expression}"),
        ("CAPGEN_2", SECURITY, INGRESS, rule(cidr_ipv4="0.0.0.0/0", from_port=5432, to_port=5432)),
        ("CAPGEN_2", SECURITY, INGRESS, rule(cidr_ipv6="::/0", from_port=5432, to_port=5432)),
        ("CAPGEN_2", SECURITY, INGRESS, rule(cidr_ipv4="0.0.0.0/0", from_port=80, to_port=443)),
        ("CAPGEN_2", SECURITY, INGRESS, rule(cidr_ipv4="0.0.0.0/0", ip_protocol="-1")),
        ("CAPGEN_3", SECURITY, f"{INGRESS}/ip_protocol", "-1"),
        ("CAPGEN_3", SECURITY, f"{INGRESS}/ip_protocol", -1),
        ("CAPGEN_3", SECURITY, f"{INGRESS}/ip_protocol", "all"),
        ("CAPGEN_4", SECURITY, f"{EGRESS}/ip_protocol", "-1"),
        ("CAPGEN_6", ROOT, "module/service/environment", [{"name": "DB_PASSWORD", "value": "hunter2hunter2"}]),
        ("CAPGEN_7", ROOT, "module/service/image", "registry.example.com:5000/cap:latest"),
        ("CAPGEN_7", ROOT, "module/service/image", "registry.example.com:5000/cap"),
    ],
)
def test_a_single_flaw_is_found(rich_copy: Path, check: str, file: str, path: str, value: Any) -> None:
    edit_json(rich_copy / file, path, value)
    assert check in findings(rich_copy)


def test_a_privileged_container_is_found(rich_copy: Path) -> None:
    service = rich_copy / SERVICE
    text = json.loads(service.read_text())["resource"]["aws_ecs_task_definition"]["this"]["container_definitions"]
    edit_json(service, DEFINITIONS, text.replace('"essential":true', '"essential":true,"privileged":true'))
    assert findings(rich_copy) == {"CAPGEN_5"}


@pytest.mark.parametrize(
    ("file", "path", "value"),
    [
        (
            DATABASE,
            "resource/aws_db_instance/this/password",
            "${ephemeral.aws_secretsmanager_secret_version.x.value}",
        ),
        (SECURITY, INGRESS, rule(cidr_ipv4="0.0.0.0/0", from_port=443, to_port=443)),
        (SECURITY, INGRESS, rule(cidr_ipv4="0.0.0.0/0", from_port="${data.x.y.port}", to_port=443)),
        (ROOT, "module/service/environment", [{"name": "TOKEN_URL", "value": "https://example.com"}]),
        (ROOT, "module/service/environment", [{"name": "DB_PASSWORD", "value": "${module.database.endpoint}"}]),
        (ROOT, "module/service/environment", "${module.storage.file_system_id}"),
        (ROOT, "module/service/image", "cap@sha256:0123"),
        (ROOT, "module/service/image", "${module.storage.file_system_id}"),
        (SERVICE, DEFINITIONS, "${var.name}"),
    ],
)
def test_what_is_no_flaw_passes(rich_copy: Path, file: str, path: str, value: Any) -> None:
    edit_json(rich_copy / file, path, value)
    assert findings(rich_copy) == set()


def test_every_check_says_what_to_do() -> None:
    assert len({check.id for check in OWN_CHECKS}) == len(OWN_CHECKS)
    for check in OWN_CHECKS:
        assert check.title
        assert check.fix
        assert check.spec
        assert check.severity in FindingSeverity
