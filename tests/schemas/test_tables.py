"""The tables in `schemas/` are well-formed and sorted, and agree with their sources and with the spec's schema."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from capgen.resources import schemas_dir

SEVERITIES = {"critical", "high", "medium", "low"}
TABLES = [
    *("aws/fargate.json", "aws/log_retention.json", "aws/names.json", "aws/rds_offers.json", "aws/regions.json"),
    *("aws/region_services.json", "aws/region_validation.json", "policy/checks.json"),
]


def load(name: str) -> dict[str, Any]:
    table: dict[str, Any] = json.loads((schemas_dir() / name).read_text(encoding="utf-8"))
    return table


def run_script(*arguments: str) -> str:
    """Run a script of `schemas/` in a process of its own: importing checkov leaves traces in the one that does."""
    done = subprocess.run([sys.executable, *arguments], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def in_spec(path: str) -> dict[str, Any]:
    """Return what the spec's schema says about a path such as `database.multi_az`."""
    schema = load("deployment.schema.json")
    node = schema
    for part in path.split("."):
        node = node["properties"][part]
        while "$ref" in node:
            node = schema["$defs"][node["$ref"].removeprefix("#/$defs/")]
    return node


@pytest.mark.parametrize("name", TABLES)
def test_says_what_it_is_and_where_it_comes_from(name: str) -> None:
    table = load(name)
    assert table["description"].endswith(".")
    sources = table["source"] if isinstance(table["source"], list) else [table["source"]]
    assert all(source.startswith("https://") for source in sources)


@pytest.mark.parametrize("name", [*TABLES, "provider/aws-5.100.0.json", "provider/coverage.json"])
def test_holds_no_machine_path_and_ends_in_a_line_break(name: str) -> None:
    text = (schemas_dir() / name).read_text(encoding="utf-8")
    assert text.endswith("}\n")
    assert not re.search(r"/(home|root|opt|tmp|work|Users)/|\r|\t", text)


def test_fargate_sizes() -> None:
    table = load("aws/fargate.json")
    sizes = {int(cpu): memory for cpu, memory in table["memory"].items()}
    assert list(sizes) == [256, 512, 1024, 2048, 4096, 8192, 16384]
    assert all(memory == sorted(set(memory)) for memory in sizes.values())

    assert {cpu: (memory[0], memory[-1], len(memory)) for cpu, memory in sizes.items()} == {
        256: (512, 2048, 3),
        512: (1024, 4096, 4),
        1024: (2048, 8192, 7),
        2048: (4096, 16384, 13),
        4096: (8192, 30720, 23),
        8192: (16384, 61440, 12),
        16384: (32768, 122880, 12),
    }
    assert set(table["platform_version"]) <= set(table["memory"])


def test_spec_offers_the_sizes_and_days_of_the_tables() -> None:
    assert in_spec("agent.cpu")["enum"] == [int(cpu) for cpu in load("aws/fargate.json")["memory"]]
    assert in_spec("logs.retention_in_days")["enum"] == load("aws/log_retention.json")["days"]


def test_log_retention_is_sorted() -> None:
    days = load("aws/log_retention.json")["days"]
    assert days == sorted(set(days))
    assert len(days) == 22


def test_regions() -> None:
    regions = load("aws/regions.json")["regions"]
    assert list(regions) == sorted(regions)
    fields = {"name": str, "partition": str, "dns_suffix": str, "opt_in": bool, "marketplace_metering": bool}
    for code, region in regions.items():
        assert {key: type(value) for key, value in region.items()} == fields, code
    by_partition: dict[str, list[str]] = {}
    for code, region in regions.items():
        by_partition.setdefault(region["partition"], []).append(code)
    assert len(by_partition["aws"]) == 34
    assert by_partition["aws-cn"] == ["cn-north-1", "cn-northwest-1"]
    assert by_partition["aws-us-gov"] == ["us-gov-east-1", "us-gov-west-1"]
    assert sum(not regions[code]["opt_in"] for code in by_partition["aws"]) == 17
    public = [code for name in ("aws", "aws-cn", "aws-us-gov") for code in by_partition[name]]
    assert [code for code in public if not regions[code]["marketplace_metering"]] == [
        "ap-east-2",
        "ap-southeast-5",
        "ap-southeast-6",
        "ap-southeast-7",
        "ca-west-1",
        "mx-central-1",
        "cn-north-1",
    ]
    suffixes = {region["partition"]: region["dns_suffix"] for region in regions.values()}
    assert suffixes["aws"] == suffixes["aws-us-gov"] == "amazonaws.com"
    assert suffixes["aws-cn"] == "amazonaws.com.cn"
    assert suffixes["aws-eusc"] == "amazonaws.eu"
    pattern = in_spec("regions")["propertyNames"]["pattern"]
    assert all(re.search(pattern, code) for code in regions)


# For every kind of name: names that AWS takes, and names that it refuses.
NAMES: dict[str, tuple[list[str], list[str]]] = {
    "cloudformation_stack": (["cap-production"], ["1cap", "cap_production", "cap.production"]),
    "db_instance": (["cap-db"], ["Cap-db", "1cap", "cap--db", "cap-db-", "cap_db"]),
    "db_parameter_group": (["cap-postgres17"], ["cap--postgres17", "cap.postgres17"]),
    "db_subnet_group": (["cap_db.subnets"], ["default", "Cap"]),
    "ecs_cluster": (["cap-Production_1"], ["cap.production", "cap production"]),
    "ecs_service": (["cap-production-svc"], ["cap/production"]),
    "ecs_task_definition": (["cap-production"], ["cap:1"]),
    "efs_creation_token": (["cap production/1"], ["cap\nproduction"]),
    "iam_role": (["cap-Task.Role@eu,1=2+3_4"], ["cap/role", "cap role", "cap-rôle"]),
    "iam_role_policy": (["cap-logs"], ["cap/logs"]),
    "iam_user": (["cap-deploy"], ["cap:deploy"]),
    "kms_alias": (["alias/cap/production"], ["cap", "alias/", "alias/aws/cap", "alias/cap.1"]),
    "lambda_function": (["cap-snapshot_script"], ["cap.snapshot"]),
    "lb": (["cap-production-alb", "a"], ["-cap", "cap-", "cap_alb", "internal-cap"]),
    "lb_target_group": (["cap-production-tg", "internal-cap"], ["-cap", "cap-", "cap.tg"]),
    "log_group": (["/ecs/cap-production"], ["aws/cap", "cap production", "cap:1"]),
    "s3_bucket": (
        ["cap-production-snapshots-12345678", "cap.example.com"],
        ["Cap", "-cap", "cap-", "cap..x", "192.0.2.1", "xn--cap", "cap-s3alias", "cap--x-s3", "cap_x", "sthree-cap"],
    ),
    "secret": (["cap-production/deploy-user+credentials=1@x.y_z"], ["cap production", "cap:1"]),
    "security_group": (["cap-production tasks (8080)"], ["sg-cap", "cap'tasks", "cap%tasks"]),
}


def test_names_are_sorted_and_have_all_fields() -> None:
    names = load("aws/names.json")["names"]
    assert list(names) == sorted(names) == list(NAMES)
    for kind, limits in names.items():
        assert list(limits) == ["what", "min", "max", "pattern", "allowed", "source"], kind
        assert 1 <= limits["min"] < limits["max"], kind
        assert limits["source"].startswith("https://docs.aws.amazon.com/"), kind
    assert (names["lb"]["max"], names["db_instance"]["max"], names["log_group"]["max"]) == (32, 63, 512)


@pytest.mark.parametrize("kind", sorted(NAMES))
def test_name_patterns(kind: str) -> None:
    pattern = load("aws/names.json")["names"][kind]["pattern"]
    accepted, refused = NAMES[kind]
    assert [name for name in accepted if not re.fullmatch(pattern, name)] == []
    assert [name for name in refused if re.fullmatch(pattern, name)] == []
    assert not re.fullmatch(pattern, accepted[0] + "\n")
    assert not re.fullmatch(pattern, "")


def test_checks_are_complete_and_sorted() -> None:
    checks = load("policy/checks.json")["checks"]
    order = [(re.sub(r"\d+$", "", id), int(id.rsplit("_", 1)[1])) for id in checks]
    assert order == sorted(order)
    for id, check in checks.items():
        assert list(check) == ["title", "severity", "fix", "spec"], id
        assert check["severity"] in SEVERITIES, id
        assert all(check.values()), id


def test_every_fix_is_one_sentence_that_begins_with_a_verb() -> None:
    verbs = set()
    for id, check in load("policy/checks.json")["checks"].items():
        fix = check["fix"]
        assert fix.endswith("."), id
        assert fix == fix.strip(), id
        assert not re.search(r"[.!?] [A-Z]", fix), id
        assert "`" not in fix, id
        verbs.add(fix.split()[0])
    assert verbs <= {
        "Allow", "Attach", "Avoid", "Bind", "Give", "Include", "Keep", "Limit", "List", "Name", "Narrow", "Put",
        "Raise", "Run", "Send", "Set", "Take", "Waive",
    }  # fmt: skip


def test_every_spec_path_exists_in_the_spec() -> None:
    sections = "|".join(load("deployment.schema.json")["properties"])
    for check in load("policy/checks.json")["checks"].values():
        in_spec(check["spec"])
        for path in re.findall(rf"\b(?:{sections})(?:\.[a-z_]+)+", check["fix"]):
            in_spec(path)


def test_a_fix_names_the_field_that_it_points_at() -> None:
    for id, check in load("policy/checks.json")["checks"].items():
        if "." in check["spec"] and "snapshots.publisher" not in check["spec"]:
            assert check["spec"] in check["fix"] or check["fix"].startswith("Keep"), id


@pytest.mark.slow
def test_regions_agree_with_botocore() -> None:
    run_script(str(schemas_dir() / "aws" / "build_regions.py"), "--check")


@pytest.mark.slow
def test_the_offers_of_rds_agree_with_cfn_lint() -> None:
    run_script(str(schemas_dir() / "aws" / "build_rds_offers.py"), "--check")


@pytest.mark.slow
def test_checks_are_those_that_checkov_registers() -> None:
    run_script(str(schemas_dir() / "policy" / "build_checks.py"), "--check")


@pytest.mark.slow
def test_a_scan_of_every_type_reports_no_check_outside_the_table(tmp_path: Path) -> None:
    extract = load("provider/aws-5.100.0.json")
    blocks = [f'resource "{type}" "x" {{\n  count = 1\n}}\n' for type in extract["resource"]]
    blocks += [f'data "{type}" "x" {{\n}}\n' for type in extract["data"]]
    (tmp_path / "main.tf").write_text("".join(blocks))
    program = (
        "import json, sys\n"
        "from checkov.runner_filter import RunnerFilter\n"
        "from checkov.terraform.runner import Runner\n"
        "report = Runner().run(root_folder=sys.argv[1], runner_filter=RunnerFilter())\n"
        "ids = {record.check_id for record in [*report.passed_checks, *report.failed_checks]}\n"
        "print('IDS', json.dumps([len(report.resources), sorted(ids)]))\n"
    )
    output = run_script("-c", program, str(tmp_path))
    resources, ids = json.loads(output.split("IDS", 1)[1])
    assert resources == len(extract["resource"])
    assert len(ids) > 60  # what checkov can judge on blocks without arguments
    assert set(ids) <= set(load("policy/checks.json")["checks"])
