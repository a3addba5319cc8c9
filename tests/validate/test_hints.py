"""What a person is told to do about the slips that people make."""

import pytest

from tests.validate.specs import diagnose, only


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("database: {engine_version: 17.10}", 'write it in quotes: "17.10"'),
        ("account_id: 123456789012", 'write it in quotes: "123456789012"'),
        ("agent: {environment: {DEBUG: true}}", 'write it in quotes: "true"'),
        ("agent: {image: }", 'write "" for an empty text, or remove the key'),
        ("database:", "write {} where nothing stands under it"),
        ("logs: 30", "write {retention_in_days: 30}"),
        ("identity: role", "write {deploy_user: role}"),
        ("database: {password: generated}", "write {source: generated}"),
        (
            "agent: {secrets: {A: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:a'}}",
            "write {secret_arn: arn:aws:secretsmanager:eu-west-1:123456789012:secret:a}",
        ),
        ("agent: {environment: [A=b]}", "write each item as a line of its own: key: value"),
        ("network: {subnet_ids: 'subnet-1, subnet-2'}", "write a list: [subnet-1, subnet-2]"),
        ("access: {web_cidrs: }", "write [] for an empty list, or remove the key"),
        ("access: {egress: {port: 443}}", "start each item with a dash and a space"),
        ("agent: {memory: '2048'}", "remove the quotes: 2048"),
        ("agent: {memory: 02048}", "remove the leading zeros: 2048"),
        ("agent: {memory: 2_048}", "write only digits: 2048"),
        ("agent: {memory: 2048.0}", "write 2048"),
        ("agent: {memory: 2 GB}", "write the number alone, in the unit of this field"),
        ("agent: {memory: plenty}", None),
        ("agent: {memory: }", "write a number, or remove the key"),
        ("database: {multi_az: yes}", "write true: YAML 1.2 has no other word for it"),
        ("database: {multi_az: Off}", "write false: YAML 1.2 has no other word for it"),
        ("database: {multi_az: 0}", "write false: YAML 1.2 has no other word for it"),
        ("database: {multi_az: 'true'}", "remove the quotes: true"),
        ("database: {multi_az: }", "write true or false, or remove the key"),
        ("agent: {cpu: '1024'}", "remove the quotes: 1024"),
        ("agent: {cpu: 1024.0}", "write 1024"),
        ("agent: {cpu: 1e999}", None),
        ("agent: {architecture: arm64}", 'did you mean "ARM64"?'),
        ("environment: prodution", 'did you mean "production"?'),
        ("state: {backend: }", "choose one, or remove the key"),
        ("access: {web_cidrs: [10.0.0.5]}", 'add the prefix length: "10.0.0.5/32"'),
        ("state: {key_prefix: capgen}", 'add the / at its end: "capgen/"'),
        ("storage: {mount_path: opt/cap}", 'add the / at its start: "/opt/cap"'),
        ("storage: {mount_path: /opt/cap/}", 'remove the / at its end: "/opt/cap"'),
        ("assume_role: {role_arn: 'arn:aws:iam::123456789012:role/ci', external_id: x}", None),
        ("agent: {image: 'https://example.com/cap:1'}", 'remove the scheme before it: "example.com/cap:1"'),
        ("agent: {name: ' Agent'}", 'remove the space around it: "Agent"'),
        ("agent: {name: 'Agent/1'}", None),
        ("subnets: []", 'did you mean "subnet_ids", under network?'),
        ("network: {subnets: []}", 'did you mean "subnet_ids"?'),
        ("network: {subnet-ids: []}", 'did you mean "subnet_ids"?'),
        ("VpcId: vpc-1", 'did you mean "vpc_id", under network?'),
        ("desired_count: 1", "it belongs under scaling"),
        ("health_check: {}", "it belongs under agent or under load_balancer or under dns"),
        ("network: {name: x}", "it belongs at the top of the spec or under agent or under dns"),
        ("agent: {mem: 1}", 'did you mean "memory"?'),
        ("agent: {check: {}}", 'did you mean "health_check"?'),
        (
            "database: {retention: 1}",
            'did you mean "backup_retention_period" or "performance_insights_retention_period"?',
        ),
        ("environment: prod", 'did you mean "production"?'),
        ("database: {engine_version: &v 17.10}", 'write it in quotes: "17.10"'),
        ("agent: {secrets: {a-b: {secret_arn: 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:a'}}}", None),
        ("zebra: 1", None),
    ],
)
def test_a_slip_has_its_hint(text: str, hint: str | None) -> None:
    assert only(text).hint == hint


def test_a_list_of_regions_has_its_hint() -> None:
    head = "api_version: capgen/v1\nname: cap\n"
    assert only("regions: [eu-west-1]", head).hint == "write each item as a key: eu-west-1: {}"


def test_a_key_of_a_region_is_looked_for_in_the_same_sections() -> None:
    head = "api_version: capgen/v1\nname: cap\n"
    assert only("regions: {eu-west-1: {cpu: 256}}", head).hint == "it belongs under agent"


def test_a_section_that_no_region_has_belongs_at_the_top() -> None:
    head = "api_version: capgen/v1\nname: cap\n"
    pair = "{disaster_recovery: {primary_region: eu-west-1}}"
    assert only(f"regions: {{eu-west-1: {pair}}}", head).hint == "it belongs at the top of the spec"


@pytest.mark.parametrize(
    ("text", "allowed"),
    [
        ("environment: x", "production, staging, development"),
        ("agent: {memory: 1}", "a whole number from 512 to 122880; for example 2048"),
        ("identity: {deploy_user_key_serial: 0}", "a whole number of at least 1; for example 2"),
        ("network: {vpc_id: x}", "vpc- and 8 or 17 hexadecimal digits; for example vpc-0a1b2c3d4e5f60718"),
        ("database: {multi_az: 2}", "true or false; for example true"),
        ("scaling: 1", "a section with desired_count"),
        (
            "agent: {health_check: {}}",
            (
                "Command that exits with 0 when the agent is healthy; for example "
                '[CMD-SHELL, "curl -fsS http://localhost:8080/ || exit 1"]'
            ),
        ),
        ("tags: {a: 1}", "at most 256 characters"),
        ("agent: {health_check: {command: [CMD, '']}}", "at least 1 character"),
        (
            "network: {subnet_ids: []}",
            "at least 2 items; for example [subnet-0a1b2c3d4e5f60718, subnet-0f1e2d3c4b5a69788]",
        ),
        (
            "database: {x: 1}",
            (
                "db_name, username, password, engine_version, instance_class, allocated_storage, "
                "max_allocated_storage, storage_type, iops, port, multi_az, publicly_accessible and 16 more"
            ),
        ),
        (
            "database: {window: 1}",
            (
                "backup_window, maintenance_window, db_name, username, password, engine_version, instance_class, "
                "allocated_storage, max_allocated_storage, storage_type, iops, port and 16 more"
            ),
        ),
    ],
)
def test_what_is_allowed_is_said(text: str, allowed: str) -> None:
    assert only(text).allowed == allowed


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("environment: prod", '"prod"'),
        ("agent: {memory: 0x10}", "0x10"),
        (f"agent: {{name: '{'a' * 100}!'}}", f'"{"a" * 58}…'),
        ('agent: {name: "a\\tb\\e[31m"}', '"a\\tb\\u001b[31m"'),
        ('agent: {name: "a\\x9b31m\\u202e"}', '"a\\u009b31m\\u202e"'),
        ("scaling: [1, 2]", None),
        ("scaling: ", None),
        ("subnets: text", None),
    ],
)
def test_the_value_found_is_short_and_harmless(text: str, value: str | None) -> None:
    assert only(text).value == value


def test_a_diagnostic_has_the_path_in_the_spec() -> None:
    paths = [each.path for each in diagnose("access: {web_cidrs: [x]}\nagent: {health_check: {}}\nextra: 1")]
    assert paths == ["access.web_cidrs[0]", "agent.health_check.command", "extra"]


def test_the_root_has_no_path() -> None:
    assert only("[]", head="").path is None


def test_what_is_wrong_about_a_value_is_said_once() -> None:
    assert [each.rule for each in diagnose("database: {performance_insights_retention_period: '7'}")] == ["schema-type"]


def test_more_than_anyone_reads_is_counted() -> None:
    text = "agent:\n  environment:\n" + "".join(f"    V{number}: {number}\n" for number in range(250))
    diagnostics = diagnose(text)
    assert len(diagnostics) == 201
    assert diagnostics[-1].rule == "schema-more"
    assert diagnostics[-1].message == "50 more values depart from the schema"


def test_a_hint_is_of_bearable_length() -> None:
    hint = only(f"network: {{subnet_ids: '{'subnet-1,' * 1000}'}}").hint
    assert hint is not None
    assert len(hint) <= 300
