"""What is dangerous stops a plan unless it is allowed by name; what was done by hand is told and judged."""

import pytest

from capgen.gate import DangerKind, Verdict
from capgen.gate.danger import dangers
from capgen.gate.drift import Drift, drifted
from capgen.gate.plan import plan_of
from capgen.gate.planned import planned_changes
from tests.gate.reviews import change_of, document, reviewed, weighed

DATABASE = "module.database.aws_db_instance.this"
BUCKET = "module.logs.aws_s3_bucket.access_logs"
OPENED = 'module.security.aws_vpc_security_group_ingress_rule.database_direct["0.0.0.0/0"]'
GROUP = "module.security.aws_security_group.database"

DANGEROUS: dict[str, tuple[DangerKind, str]] = {
    "database_replaced": (DangerKind.DATA, DATABASE),
    "bucket_destroyed": (DangerKind.DATA, BUCKET),
    "group_opened": (DangerKind.WORLD, OPENED),
    "drift": (DangerKind.DRIFT, GROUP),
}


@pytest.mark.parametrize("name", DANGEROUS)
def test_a_dangerous_plan_is_refused_unless_the_address_is_allowed(name: str) -> None:
    kind, address = DANGEROUS[name]
    (danger,) = weighed(name).dangers
    assert (danger.kind, danger.addresses, danger.allowed) == (kind, (address,), False)
    assert weighed(name).verdict is Verdict.DANGEROUS
    review = weighed(name, address)
    assert [each.allowed for each in review.dangers] == [True]
    assert review.diagnostics == ()
    assert review.verdict is Verdict.PASSED


@pytest.mark.parametrize(
    "name", ["nothing", "tags", "moved", "forgotten", "mixed", "role_widened", "hcl", "rich_nothing"]
)
def test_a_plan_that_destroys_and_opens_nothing_is_not_dangerous(name: str) -> None:
    assert weighed(name).dangers == ()


@pytest.mark.parametrize(
    "stateful", ["aws_efs_file_system", "aws_kms_key", "aws_secretsmanager_secret", "aws_s3_bucket"]
)
@pytest.mark.parametrize("actions", [["delete"], ["delete", "create"], ["create", "delete"]])
def test_every_kind_of_what_holds_data_is_guarded(stateful: str, actions: list[str]) -> None:
    entry = change_of(document("database_replaced"), DATABASE)
    entry["type"] = stateful
    entry["change"]["actions"] = actions
    (danger,) = dangers(planned_changes((entry,)), (), Drift(), ())
    assert danger.kind is DangerKind.DATA


def test_an_allowance_that_matches_nothing_is_an_error() -> None:
    review = weighed("nothing", DATABASE)
    (told,) = review.diagnostics
    assert (told.rule, told.value) == ("review-allow", DATABASE)
    assert review.verdict is Verdict.UNUSABLE


def test_a_misspelt_allowance_is_told_what_was_meant_and_does_not_hide_the_danger() -> None:
    review = weighed("database_replaced", "module.database.aws_db_instance.that")
    (told,) = review.diagnostics
    assert told.hint == f'did you mean "{DATABASE}"?'
    assert review.verdict is Verdict.DANGEROUS


def test_an_allowance_of_what_is_only_updated_is_stale() -> None:
    (told,) = weighed("tags", DATABASE).diagnostics
    assert "to update it is not dangerous" in told.message


def test_a_pattern_is_no_allowance() -> None:
    assert weighed("database_replaced", "module.database.*").verdict is Verdict.DANGEROUS


def test_who_is_let_in_and_shut_out_is_told_beside_what_is_dangerous() -> None:
    found = {(each.opened, each.flow.source, each.flow.destination) for each in weighed("group_opened").region.exposure}
    assert found == {
        (True, "0.0.0.0/0", "database"),
        (True, "10.0.0.6/32", "task"),
        (False, "10.0.0.5/32", "task"),
    }


def test_a_permission_that_is_gained_is_told_once() -> None:
    (change,) = weighed("role_widened").region.permissions
    assert (change.gained, change.action, change.holder) == (True, "s3:PutObject", "module.identity.aws_iam_role.task")


def test_a_policy_that_is_written_anew_with_the_same_text_changes_no_permission() -> None:
    updated = {change.address for change in weighed("drift").changes}
    assert "module.identity.aws_iam_role_policy.task" in updated
    assert weighed("drift").region.permissions == ()


def test_drift_is_told_with_what_the_plan_does_about_it() -> None:
    drift = weighed("drift").drift
    assert [(each.address, each.deleted, each.undone) for each in drift.resources] == [
        (DATABASE, False, True),
        ("module.logs.aws_cloudwatch_log_group.this", True, True),
        ('module.security.aws_vpc_security_group_ingress_rule.management["10.0.0.5/32"]', False, True),
    ]
    assert [each.path for each in drift.resources[0].attributes] == ["backup_retention_period"]


def test_what_was_opened_and_granted_by_hand_is_told_with_whether_it_stays() -> None:
    drift = weighed("drift").drift
    assert [(each.flow.source, each.flow.destination, each in drift.stays) for each in drift.exposure] == [
        ("0.0.0.0/0", "database", True)
    ]
    (granted,) = drift.permissions
    assert (granted.action, granted.resource) == ("iam:*", "*")
    assert drift.kept == (granted,)


def test_policy_judges_what_was_opened_by_hand() -> None:
    assert ("CAPGEN_8", GROUP) in {(each.check, each.address) for each in reviewed("drift").assessment.findings}


def test_values_that_aws_sets_by_itself_are_no_drift() -> None:
    assert not weighed("nothing").drift
    assert weighed("nothing").drift.trivial > 0


def test_drift_that_the_plan_leaves_is_told_so() -> None:
    plan = document("drift")
    change = change_of(plan, DATABASE)["change"]
    change |= {"actions": ["no-op"], "after": change["before"]}
    told, trivial = drifted(plan_of(plan, "plan.json"))
    assert [each.undone for each in told] == [False, True, True]
    assert trivial > 0


def test_what_only_the_configuration_knows_is_not_held_against_a_plan_without_a_root() -> None:
    review = reviewed("first")
    assert "CAPGEN_20" not in {each.check for each in review.assessment.findings}
    assert {each.argument for each in review.unjudged} == {"lifecycle"}


def test_a_policy_that_hides_behind_the_apply_is_listed() -> None:
    assert [each.to_json() for each in weighed("hcl").unjudged] == [
        {"address": "aws_s3_bucket_policy.plain", "argument": "policy", "policy": True}
    ]
