"""A plan is flattened to what the compiled tree is flattened to, before the apply and after it."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

import pytest

from capgen.evaluate import Flattened, Tree, flatten
from capgen.gate.flatten import Sides, flatten_plan
from capgen.gate.plan import plan_of
from capgen.gate.providers import region_of
from capgen.permissions import Holder, holders
from capgen.reach import reachability
from capgen.scan import scan
from tests.gate.reviews import RICH, document


@cache
def tree() -> Flattened:
    found = Tree(base=RICH, boundary=RICH.parent)
    flattened = flatten(found.directory(RICH), found)
    assert found.diagnostics == []
    return flattened


@cache
def sides(name: str, *, with_tree: bool = False) -> Sides:
    return flatten_plan(plan_of(document(name), f"{name}.json"), tree() if with_tree else None)


def findings(flattened: Flattened) -> set[tuple[str, str]]:
    return {(each.check, each.address) for each in scan(flattened, locate=lambda _: None).findings}


def granted(found: tuple[Holder, ...]) -> Mapping[str, list[tuple[str, tuple[str, ...]]]]:
    """Return the statements of each holder by effect and actions: resources have another form in each."""
    return {
        holder.address: sorted((each.effect, each.actions) for each in (*holder.trust, *holder.statements))
        for holder in found
    }


@pytest.mark.parametrize("with_tree", [False, True])
@pytest.mark.parametrize("plan", ["rich_first", "rich_nothing"])
def test_policy_finds_the_same_in_a_plan_as_in_its_tree(plan: str, with_tree: bool) -> None:
    assert findings(sides(plan, with_tree=with_tree).after) == findings(tree())


@pytest.mark.parametrize("with_tree", [False, True])
@pytest.mark.parametrize("plan", ["rich_first", "rich_nothing"])
def test_the_same_flows_and_permissions_are_seen_in_a_plan_as_in_its_tree(plan: str, with_tree: bool) -> None:
    after = sides(plan, with_tree=with_tree).after
    assert reachability(after).flows == reachability(tree()).flows
    assert set(reachability(tree()).needs) <= set(reachability(after).needs)  # an ARN that is known may tell of more
    assert granted(holders(after)) == granted(holders(tree()))


def test_a_plan_that_changes_nothing_has_the_same_before_and_after() -> None:
    found = sides("rich_nothing")
    assert found.recorded.resources == found.before.resources == found.after.resources
    assert found.unjudged == ()


def test_places_are_those_of_the_tree_where_one_is_named() -> None:
    origins = sides("rich_first", with_tree=True).after.origins
    assert len(origins) > 40
    assert {name: tree().origins[name] for name in origins} == origins
    assert {each.place.file for each in sides("rich_first").after.origins.values()} == {"rich_first.json"}


def body(flattened: Flattened, name: str) -> Mapping[str, Any]:
    type, _, label = name.partition(".")
    return flattened.resources[type, label]


def test_references_of_hcl_are_followed_through_modules_that_are_repeated() -> None:
    rule = body(sides("hcl").after, "aws_vpc_security_group_ingress_rule.between")
    assert rule["security_group_id"] == "${aws_security_group.tier__0__this.id}"
    assert rule["referenced_security_group_id"] == "${aws_security_group.tier__1__this.id}"
    second = body(sides("hcl").after, "aws_vpc_security_group_ingress_rule.tier__1__world__1")
    assert (second["security_group_id"], second["from_port"]) == ("${aws_security_group.tier__1__this.id}", 443)


def test_a_policy_of_which_hcl_tells_only_the_references_is_counted_and_not_judged() -> None:
    assert [(each.address, each.argument, each.document) for each in sides("hcl").unjudged] == [
        ("aws_s3_bucket_policy.plain", "policy", True)
    ]
    assert body(sides("hcl").after, "aws_s3_bucket_policy.plain") == {
        "bucket": "${aws_s3_bucket.plain.id}",
        "policy": "${known_after_apply}",
    }


def test_ids_and_arns_that_are_known_lead_back_to_their_resources() -> None:
    after = sides("nothing").after
    rule = body(after, "aws_vpc_security_group_ingress_rule.security__database")
    assert rule["security_group_id"] == "${aws_security_group.security__database.id}"
    assert rule["referenced_security_group_id"] == "${aws_security_group.security__task.id}"
    policy = body(after, "aws_iam_role_policy.identity__task")
    assert policy["role"] == "${aws_iam_role.identity__task.name}"
    assert "${aws_s3_bucket.snapshots__this.arn}/*" in policy["policy"]
    assert json.loads(policy["policy"])["Version"] == "2012-10-17"


def test_the_own_account_is_a_reference_in_policies_alone() -> None:
    role = body(sides("nothing").after, "aws_iam_role.identity__task")
    assert "${data.aws_caller_identity.current.account_id}" in role["assume_role_policy"]
    assert "${" not in role["name"]


def test_what_other_resources_made_of_a_resource_is_not_its_own() -> None:
    assert "ingress" not in body(sides("nothing").after, "aws_security_group.security__database")
    assert "inline_policy" not in body(sides("nothing").after, "aws_iam_role.identity__task")
    assert "policy" not in body(sides("nothing").after, "aws_s3_bucket.snapshots__this")


def test_what_was_done_by_hand_is_an_argument_of_what_shows_it() -> None:
    found = sides("drift")
    assert "ingress" not in body(found.recorded, "aws_security_group.security__database")
    (rule,) = body(found.before, "aws_security_group.security__database")["ingress"]
    assert (rule["cidr_blocks"], rule["security_groups"]) == (["0.0.0.0/0"], [])
    (policy,) = body(found.after, "aws_iam_role.identity__task")["inline_policy"]
    assert policy["name"] == "by-hand"


def test_what_terraform_forgets_still_exists_and_is_not_judged() -> None:
    found = sides("forgotten")
    key = ("aws_efs_file_system", "storage__this")
    assert key in found.before.resources
    assert key in found.existing.resources
    assert key not in found.after.resources


def test_a_secret_value_is_not_in_what_is_judged() -> None:
    after = sides("mixed").after
    assert body(after, "aws_ssm_parameter.hidden")["value"] == "(sensitive value)"
    assert "hidden text" not in repr(after.resources)


def test_expressions_in_a_users_text_stay_text() -> None:
    plan = document("hcl")
    plan["planned_values"]["root_module"]["resources"][0]["values"]["bucket"] = '${file("/etc/hostname")}'
    after = flatten_plan(plan_of(plan, "plan.json"), None).after
    assert body(after, "aws_s3_bucket.plain")["bucket"] == '$${file("/etc/hostname")}'


def test_the_region_is_the_providers() -> None:
    assert region_of(plan_of(document("hcl"), "plan.json")) == "eu-west-1"
    plan = document("hcl") | {"variables": {"region": {"value": "eu-central-1"}}}
    assert region_of(plan_of(plan, "plan.json")) == "eu-central-1"
    plan["configuration"]["provider_config"] = {}
    assert region_of(plan_of(plan, "plan.json")) is None
