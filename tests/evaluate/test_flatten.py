from pathlib import Path

import pytest

from capgen.diagnostics import Severity
from capgen.evaluate.flatten import Flattened, Origin, flatten
from capgen.evaluate.tree import Place, Tree
from tests.trees.edit import edit_json, line_of

ROOT = "eu-west-1/main.tf.json"


def read(deployment: Path) -> Flattened:
    tree = Tree(base=deployment, boundary=deployment)
    return flatten(tree.directory(deployment / "eu-west-1"), tree)


def warnings(deployment: Path) -> list[str]:
    tree = Tree(base=deployment, boundary=deployment)
    flatten(tree.directory(deployment / "eu-west-1"), tree)
    assert all(d.severity is Severity.WARNING and d.rule == "scan-expression" for d in tree.diagnostics)
    return [f"{d.location}: {d.message}" for d in tree.diagnostics]


def test_the_flattened_root(small: Path) -> None:
    assert read(small).resources == {
        ("aws_subnet", "network__this__0"): {
            "cidr_block": "10.0.1.0/24",
            "tags": {"Name": "shop-a"},
            "vpc_id": "${aws_vpc.network__this.id}",
        },
        ("aws_subnet", "network__this__1"): {
            "cidr_block": "10.0.2.0/24",
            "tags": {"Name": "shop-b"},
            "vpc_id": "${aws_vpc.network__this.id}",
        },
        ("aws_vpc", "network__this"): {"cidr_block": "10.0.0.0/16", "tags": {"Name": "shop"}},
        ("aws_security_group", "security__web"): {
            "description": "The web",
            "name": "shop-web",
            "vpc_id": "${aws_vpc.network__this.id}",
        },
        ("aws_vpc_security_group_ingress_rule", "security__web__0"): {
            "cidr_ipv4": "0.0.0.0/0",
            "description": "0.0.0.0/0",
            "from_port": 80,
            "ip_protocol": "tcp",
            "security_group_id": "${aws_security_group.security__web.id}",
            "to_port": 80,
        },
        ("aws_vpc_security_group_ingress_rule", "security__web__1"): {
            "cidr_ipv4": "198.51.100.0/24",
            "description": "198.51.100.0/24",
            "from_port": 80,
            "ip_protocol": "tcp",
            "security_group_id": "${aws_security_group.security__web.id}",
            "to_port": 80,
        },
        ("aws_s3_bucket", "storage__this"): {
            "bucket": "shop-8d90",
            "tags": {"Name": "shop-8d90", "Slogan": "$${price} %%{off} 42"},
        },
        ("aws_s3_bucket_lifecycle_configuration", "storage__this"): {
            "bucket": "${aws_s3_bucket.storage__this.id}",
            "rule": [
                {
                    "id": "abort",
                    "status": "Enabled",
                    "filter": {},
                    "abort_incomplete_multipart_upload": {"days_after_initiation": 7},
                },
                {"id": "logs", "status": "Enabled", "filter": {"prefix": "logs/"}, "expiration": {"days": 30}},
                {"id": "tmp", "status": "Enabled", "filter": {"prefix": "tmp/"}, "expiration": {"days": 1}},
            ],
        },
        ("aws_s3_bucket_policy", "storage__this"): {
            "bucket": "${aws_s3_bucket.storage__this.id}",
            "policy": '{"Version":"2012-10-17","Statement":[{"Sid":"Read","Effect":"Allow",'
            '"Principal":{"AWS":["arn:aws:iam::${data.aws_caller_identity.current.account_id}:root"]},'
            '"Action":["s3:GetObject"],"Resource":["${aws_s3_bucket.storage__this.arn}/*"]}]}',
        },
    }


def test_data_sources_and_providers_are_there_too(small: Path) -> None:
    flattened = read(small)
    assert flattened.data == {
        ("aws_caller_identity", "current"): {},
        ("aws_availability_zones", "network__all"): {"state": "available"},
    }
    assert flattened.providers == (("aws", {"region": "eu-west-1"}),)


@pytest.mark.parametrize(
    ("name", "address", "file", "keys"),
    [
        ("aws_vpc.network__this", "module.network.aws_vpc.this", "modules/network/main.tf.json", ("aws_vpc", "this")),
        (
            "aws_subnet.network__this__1",
            'module.network.aws_subnet.this["b"]',
            "modules/network/main.tf.json",
            ("aws_subnet", "this"),
        ),
        (
            "aws_vpc_security_group_ingress_rule.security__web__0",
            'module.security.aws_vpc_security_group_ingress_rule.web["0.0.0.0/0"]',
            "modules/security/main.tf.json",
            ("aws_vpc_security_group_ingress_rule", "web"),
        ),
        ("data.aws_caller_identity.current", "data.aws_caller_identity.current", ROOT, ("data", "current")),
        (
            "data.aws_availability_zones.network__all",
            "module.network.data.aws_availability_zones.all",
            "modules/network/main.tf.json",
            ("aws_availability_zones", "all"),
        ),
        ("provider.aws", "provider.aws", "eu-west-1/providers.tf.json", ("aws",)),
    ],
)
def test_every_block_knows_where_it_comes_from(
    small: Path, name: str, address: str, file: str, keys: tuple[str, ...]
) -> None:
    origin = read(small).origins[name]
    line = line_of(small / file, *(f'"{key}": ' for key in keys))
    assert (origin.address, origin.place) == (address, Place(file=file, line=line))


def test_arguments_know_their_lines(small: Path) -> None:
    origin: Origin = read(small).origins["aws_vpc_security_group_ingress_rule.security__web__0"]
    file = "modules/security/main.tf.json"
    assert origin.attributes["cidr_ipv4"] == Place(
        file=file, line=line_of(small / file, '"web": {', "_rule", "web", "cidr")
    )


def test_count_makes_instances(small_copy: Path) -> None:
    edit_json(small_copy / ROOT, "module/security/ssh", True)
    origins = read(small_copy).origins
    address = "module.security.aws_vpc_security_group_ingress_rule.ssh[0]"
    assert origins["aws_vpc_security_group_ingress_rule.security__ssh__0"].address == address


def test_dynamic_blocks_follow_the_written_ones(small_copy: Path) -> None:
    edit_json(small_copy / ROOT, "module/storage/days", {})
    (rule,) = read(small_copy).resources["aws_s3_bucket_lifecycle_configuration", "storage__this"]["rule"]
    assert rule["id"] == "abort"
    edit_json(small_copy / ROOT, "module/storage/days", "${data.aws_caller_identity.current.days}")
    rules = read(small_copy).resources["aws_s3_bucket_lifecycle_configuration", "storage__this"]["rule"]
    assert [rule["id"] for rule in rules] == ["abort", "${rule.key}"]


def test_null_arguments_vanish(small_copy: Path) -> None:
    edit_json(small_copy / ROOT, "module/network/cidr", None)
    assert "cidr_block" not in read(small_copy).resources["aws_vpc", "network__this"]


def test_instances_that_only_terraform_knows_stay_one(small_copy: Path) -> None:
    edit_json(small_copy / ROOT, "module/network/subnets", "${data.aws_caller_identity.current.subnets}")
    flattened = read(small_copy)
    assert flattened.resources["aws_subnet", "network__this"]["cidr_block"] == "${each.value}"
    assert flattened.origins["aws_subnet.network__this"].address == "module.network.aws_subnet.this"


def test_a_set_with_a_member_that_only_terraform_knows_stays_one(small_copy: Path) -> None:
    edit_json(small_copy / ROOT, "module/security/cidrs", ["${module.network.vpc_id}"])
    assert warnings(small_copy) == []
    assert ("aws_vpc_security_group_ingress_rule", "security__web") in read(small_copy).resources


def test_a_count_that_is_no_number_is_said(small_copy: Path) -> None:
    edit_json(small_copy / "modules/network/main.tf.json", "resource/aws_vpc/this/count", "many")
    assert "the instances of aws_vpc.this are not known: count is 'many'" in warnings(small_copy)[0]


@pytest.mark.parametrize(
    "expression",
    [
        "${module.storage.absent}",
        "${module.absent.x}",
        "${var.absent}",
        "${aws_vpc.absent.id}",
        "${local.absent}",
        "${1 +}",
    ],
)
def test_what_can_not_be_evaluated_is_said(small_copy: Path, expression: str) -> None:
    edit_json(small_copy / ROOT, "module/network/name", expression)
    line = line_of(small_copy / ROOT, '"network": {', '"name"')
    assert warnings(small_copy)[0].startswith(f"{ROOT}:{line}:1: an expression is not evaluated: ")


def test_a_circle_is_said(small_copy: Path) -> None:
    edit_json(
        small_copy / "modules/security/main.tf.json",
        "locals",
        {"a": "${local.b}", "b": "${local.a}", "port": "${local.a}"},
    )
    assert "refers to itself" in warnings(small_copy)[0]


def test_quotes_in_an_expression_do_not_break_the_json_around_it(rich_copy: Path) -> None:
    edit_json(
        rich_copy / ROOT,
        "module/service/secret_arn",
        '${lookup({a = module.network.vpc_id}, module.storage.file_system_id, "\\"")}',
    )
    policy = read(rich_copy).resources["aws_iam_role_policy", "service__execution"]["policy"]
    assert policy.count('"') % 2 == 0
    assert "${lookup({a = aws_vpc.network__this.id}, aws_efs_file_system.storage__this.id, '')}" in policy


def test_names_that_would_collide_are_refused(small_copy: Path) -> None:
    edit_json(small_copy / ROOT, "resource", {"aws_vpc": {"network__this": {}}})
    with pytest.raises(ValueError, match="two blocks"):
        read(small_copy)
