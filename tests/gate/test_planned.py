"""What a plan does to each resource is told in words, and what is secret in none."""

import json

import pytest

from capgen.gate import Kind, PlannedChange
from capgen.gate.planned import planned_changes
from capgen.report.review_words import remarks
from tests.gate.reviews import change_of, document, weighed


def told(name: str) -> dict[str, PlannedChange]:
    return {change.shown: change for change in weighed(name).changes}


def test_what_stays_as_it_is_is_not_told() -> None:
    assert weighed("nothing").changes == ()
    assert weighed("nothing").region.equal


def test_a_replacement_names_what_forces_it_first() -> None:
    change = told("database_replaced")["module.database.aws_db_instance.this"]
    assert (change.kind, change.dangerous, change.created_first) == (Kind.REPLACE, True, False)
    forcing = [(each.path, each.old, each.new) for each in change.attributes if each.forces_replacement]
    assert forcing == [("username", "capadmin", "owner")]
    assert list(remarks(change)) == ["its data is lost", "AWS cannot change it in place: username"]
    assert change.attributes[0].path == "username"


def test_what_aws_sets_is_not_told_as_changing() -> None:
    assert {each.path for each in told("database_replaced")["module.database.aws_db_instance.this"].attributes} == {
        "username"
    }


def test_a_destruction_says_why() -> None:
    change = told("bucket_destroyed")["module.logs.aws_s3_bucket.access_logs"]
    assert (change.kind, change.reason) == (Kind.DESTROY, "it is no longer in the configuration")


def test_dangerous_changes_come_first() -> None:
    changes = weighed("bucket_destroyed").changes
    assert [change.dangerous for change in changes] == [True] + [False] * (len(changes) - 1)
    assert {change.kind for change in changes[1:-1]} == {Kind.DESTROY}


def test_default_tags_are_told_though_the_provider_merges_them() -> None:
    changes = told("tags")
    assert {change.kind for change in changes.values()} == {Kind.UPDATE}
    assert [each.path for each in changes["module.database.aws_db_instance.this"].attributes] == [
        "tags_all.cost-centre"
    ]


def test_a_move_is_told_with_the_address_it_had() -> None:
    change = told("moved")["module.files.aws_efs_file_system.this"]
    assert (change.kind, change.was) == (Kind.NONE, "module.storage.aws_efs_file_system.this")
    assert change.resource_change() is None
    assert not weighed("moved").region.permissions


def test_what_is_forgotten_is_warned_of_and_not_dangerous() -> None:
    review = weighed("forgotten")
    assert [change.address for change in review.forgotten] == ["module.storage.aws_efs_file_system.this"]
    assert review.dangers == ()
    assert review.region.resources == ()
    assert review.region.permissions == ()


def test_imports_reads_and_other_providers_are_told() -> None:
    changes = told("mixed")
    assert changes["aws_cloudwatch_log_group.elsewhere"].imported == "/elsewhere"
    assert changes["data.aws_secretsmanager_secret.extra"].kind is Kind.READ
    assert weighed("mixed").others == {"terraform": 1}
    assert weighed("mixed").failed_checks == (("check.owner", "No owner is named."),)


def test_outputs_are_told_without_their_values() -> None:
    (output,) = weighed("mixed").outputs
    assert (output.name, output.action, output.sensitive) == ("hidden", "create", True)
    assert "hidden text" not in repr(weighed("mixed"))


def test_an_attribute_that_is_sensitive_on_either_side_is_masked() -> None:
    plan = document("group_opened")
    entry = change_of(plan, 'module.security.aws_vpc_security_group_ingress_rule.management["10.0.0.5/32"]')
    entry["change"] |= {
        "actions": ["update"],
        "after": entry["change"]["before"] | {"description": "n3w", "cidr_ipv4": "10.9.9.9/32"},
        "before_sensitive": {"description": True},
        "after_sensitive": {"cidr_ipv4": True},
    }
    (change,) = planned_changes((entry,))
    assert {each.path: (each.old, each.new) for each in change.attributes} == {
        "cidr_ipv4": ("10.0.0.5/32", "(sensitive value)"),
        "description": ("(sensitive value)", "n3w"),
    }


def test_a_deposed_object_of_a_database_is_data_too() -> None:
    plan = document("database_replaced")
    entry = change_of(plan, "module.database.aws_db_instance.this")
    entry |= {"deposed": "ab12cd34"}
    entry["change"] |= {"actions": ["delete"], "after": None, "after_unknown": {}}
    (change,) = planned_changes((entry,))
    assert change.shown == "module.database.aws_db_instance.this (deposed ab12cd34)"
    assert change.dangerous


@pytest.mark.parametrize("actions", [["delete", "create"], ["create", "delete"]])
def test_both_orders_of_a_replacement_are_one(actions: list[str]) -> None:
    entry = change_of(document("database_replaced"), "module.database.aws_db_instance.this")
    entry["change"]["actions"] = actions
    (change,) = planned_changes((entry,))
    assert (change.kind, change.created_first) == (Kind.REPLACE, actions[0] == "create")


def test_nested_blocks_are_compared_argument_by_argument() -> None:
    change = told("bucket_destroyed")["module.load_balancer.aws_lb.this"]
    assert [(each.path, each.old, each.new) for each in change.attributes] == [("access_logs[0].enabled", True, False)]


def test_policies_that_differ_in_the_order_of_their_keys_are_equal() -> None:
    plan = document("role_widened")
    change = change_of(plan, "module.identity.aws_iam_role_policy.task")["change"]
    change["after"]["policy"] = json.dumps(json.loads(change["before"]["policy"]), sort_keys=True, indent=1)
    (found,) = planned_changes((change_of(plan, "module.identity.aws_iam_role_policy.task"),))
    assert found.attributes == ()


def test_documents_are_compared_inside_and_a_variable_that_is_called_like_a_secret_is_hidden() -> None:
    def containers(**variables: str) -> str:
        environment = [{"name": name, "value": value} for name, value in variables.items()]
        return json.dumps([{"name": "agent", "image": "agent:1", "environment": environment}])

    entry = change_of(document("role_widened"), "module.identity.aws_iam_role_policy.task")
    entry["type"] = "aws_ecs_task_definition"
    entry["change"] |= {
        "before": {"container_definitions": containers(DB_PASSWORD="old-one", MODE="a")},
        "after": {"container_definitions": containers(DB_PASSWORD="new-one", MODE="b")},
    }
    (change,) = planned_changes((entry,))
    assert [(each.path, each.old, each.new) for each in change.attributes] == [
        ("container_definitions[0].environment[0].value", "(sensitive value)", "(sensitive value)"),
        ("container_definitions[0].environment[1].value", "a", "b"),
    ]
    entry["change"]["after"] = {"container_definitions": containers(DB_PASSWORD="new-one")}
    (change,) = planned_changes((entry,))
    assert "-one" not in repr(change)
