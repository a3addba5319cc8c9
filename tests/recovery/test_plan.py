"""References go from the primary to the standby alone, by variables or by state, and decide the order."""

from dataclasses import replace
from graphlib import CycleError
from typing import Any

import pytest

from capgen.components.database.plan import plan as plan_database
from capgen.components.secrets.plan import plan as plan_secrets
from capgen.model.effective import effective_values
from capgen.model.recovery import role
from capgen.plan.build import plan_deployment
from capgen.plan.order import apply_order
from capgen.plan.remote import remotes
from capgen.topology import Raw, Remote, RootPlan, outputs
from capgen.topology.remote_outputs import REMOTE_OUTPUTS
from tests.recovery.pairs import PRIMARY, STANDBY, pair, region

KEY = f"arn:aws:kms:{STANDBY}:123456789012:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"
PROMOTED = {"disaster_recovery": {"promoted": True}}


def roots(**overrides: Any) -> dict[str, RootPlan]:
    return {root.region: root for root in plan_deployment(pair(**overrides)).roots}


def inputs(root: RootPlan, component: str) -> Any:
    (module,) = (each for each in root.modules if each.component == component)
    return module.inputs


def test_each_region_knows_its_role_and_its_counterpart() -> None:
    model = pair()
    assert {each.values.region: role(each.values) for each in model.regions} == {STANDBY: "standby", PRIMARY: "primary"}
    known = {each.values.region: each.values.counterpart for each in model.regions}
    assert {code: other and other.region for code, other in known.items()} == {STANDBY: PRIMARY, PRIMARY: STANDBY}
    assert role(region(PRIMARY, disaster_recovery=None)) == "alone"


def test_the_counterpart_is_no_value_of_a_region() -> None:
    values = {each.name: each for each in effective_values(pair().regions[0])}
    assert not [name for name in values if name.startswith("counterpart")]
    assert values["disaster_recovery.primary_region"].kind == "spec"
    assert values["disaster_recovery.references"].kind == "default"


def test_a_standby_is_handed_what_it_needs_and_the_primary_nothing() -> None:
    found = roots()
    variables = {name: {variable.name for variable in root.variables} for name, root in found.items()}
    taken = {"database_arn", "file_system_id", "kms_key_arn", "snapshot_bucket_name"}
    assert variables == {PRIMARY: set(), STANDBY: {f"primary_{name}" for name in taken}}
    assert taken <= {output.name for output in found[PRIMARY].outputs}
    assert not {output.name for output in found[STANDBY].outputs} & (taken - {"snapshot_bucket_name"})
    assert inputs(found[STANDBY], "database")["replicate_source_db"] == Raw("var.primary_database_arn")


def test_a_variable_refuses_what_is_of_another_region() -> None:
    (variable,) = (each for each in roots()[STANDBY].variables if each.name == "primary_database_arn")
    ((condition, _),) = variable.validations
    assert f":rds:{PRIMARY}:[0-9]{{12}}:db:" in condition
    assert not variable.secret


@pytest.mark.parametrize(
    ("state", "place"),
    [
        ({"backend": "local"}, {"path": f"../{PRIMARY}/terraform.tfstate"}),
        (
            {"backend": "s3", "bucket": "state", "region": "eu-north-1", "kms_key_id": KEY},
            {"bucket": "state", "region": "eu-north-1", "key": f"capgen/cap-pair/{PRIMARY}/terraform.tfstate"},
        ),
    ],
)
def test_a_standby_reads_the_state_where_the_primary_keeps_it(state: dict[str, str], place: dict[str, str]) -> None:
    found = roots(state=state, disaster_recovery={"references": "remote_state"})
    (read,) = found[STANDBY].remote_states
    assert (read.name, read.backend.settings) == ("primary", place)
    assert found[STANDBY].variables == ()
    assert inputs(found[STANDBY], "replication")["source_file_system_id"] == Raw(
        "data.terraform_remote_state.primary.outputs.file_system_id"
    )
    assert found[PRIMARY].remote_states == ()


def test_a_state_in_another_account_is_read_with_its_role() -> None:
    found = {"role_arn": "arn:aws:iam::210987654321:role/state"}
    state = {"backend": "s3", "bucket": "state", "assume_role": found}
    (read,) = roots(state=state, disaster_recovery={"references": "remote_state"})[STANDBY].remote_states
    assert read.backend.assume_role is not None
    assert read.backend.assume_role.role_arn == found["role_arn"]


def test_no_reference_is_left_to_synth() -> None:
    for overrides in ({}, PROMOTED, {"disaster_recovery": {"references": "remote_state"}}):
        for root in roots(**overrides).values():
            assert [remote for module in root.modules for remote in remotes(module)] == []


def test_the_primary_is_applied_first_unless_nothing_is_taken() -> None:
    assert plan_deployment(pair()).apply_order == ((PRIMARY,), (STANDBY,))
    assert plan_deployment(pair(**PROMOTED)).apply_order == ((STANDBY, PRIMARY),)
    assert plan_deployment(pair(disaster_recovery=None)).apply_order == ((STANDBY, PRIMARY),)


def test_roots_that_need_each_other_have_no_order() -> None:
    one, two = roots().values()
    with pytest.raises(CycleError):
        apply_order([replace(one, needs=(two.region,)), replace(two, needs=(one.region,))])


def test_a_standby_works_in_the_primarys_region_too_even_after_promotion() -> None:
    tags = {"regions": {PRIMARY: {"tags": {"owner": "west"}}}}
    for overrides in (tags, {**tags, **PROMOTED}):
        found = roots(**overrides)
        own, other = found[STANDBY].providers
        assert (own.alias, other.alias, other.region, other.tags) == (None, "primary", PRIMARY, {"owner": "west"})
        assert [provider.alias for provider in found[PRIMARY].providers] == [None]


def test_promotion_takes_the_replication_away_and_asks_nothing_of_the_primary() -> None:
    found = roots(**PROMOTED)
    components = {module.component for root in found.values() for module in root.modules}
    assert "replication" not in components
    assert {name: (root.needs, root.variables) for name, root in found.items()} == {
        PRIMARY: ((), ()), STANDBY: ((), ()),
    }  # fmt: skip


def test_a_promoted_database_keeps_its_names_and_gets_the_password_of_its_secret() -> None:
    replica, promoted = plan_database(region(STANDBY)), plan_database(region(STANDBY, **PROMOTED))
    assert isinstance(replica.inputs["replicate_source_db"], Remote)
    assert not {"password", "username", "db_name"} & replica.inputs.keys()
    assert (promoted.inputs["db_name"], promoted.inputs["username"]) == (None, None)
    assert promoted.inputs["storage_kms_key_arn"] == replica.inputs["storage_kms_key_arn"]
    assert promoted.inputs["password_version"] == 1
    assert plan_secrets(region(STANDBY)) == plan_secrets(region(STANDBY, **PROMOTED))


def test_a_replica_of_a_restored_database_has_a_key_of_its_own_region_and_keeps_it() -> None:
    restored = {"database": {"snapshot_identifier": "cap-2026-01-31"}}
    keys = [
        plan_database(region(code, **restored, **after)).inputs["storage_kms_key_arn"]
        for code, after in ((PRIMARY, {}), (STANDBY, {}), (STANDBY, PROMOTED))
    ]
    assert keys == [None, outputs.KMS_KEY_ARN, outputs.KMS_KEY_ARN]


def test_the_disk_of_a_replica_is_enlarged_with_its_sources() -> None:
    larger = {"database": {"allocated_storage": 120}}
    assert [plan_database(region(code, **larger)).inputs["allocated_storage"] for code in (PRIMARY, STANDBY)] == [
        120,
        120,
    ]


def test_the_replica_of_a_secret_has_the_standbys_own_key_where_it_is_known() -> None:
    assert plan_secrets(region(PRIMARY)).inputs["replica_key_arns"] == {STANDBY: None}
    keyed = region(PRIMARY, regions={STANDBY: {"encryption": {"kms_key_arn": KEY}}})
    assert plan_secrets(keyed).inputs["replica_key_arns"] == {STANDBY: KEY}


@pytest.mark.parametrize("source", ["generated", "variable"])
def test_a_standby_has_the_primarys_password_and_asks_for_none(source: str) -> None:
    database = {"password": {"source": source}}
    found = roots(database=database)
    assert "database_password" not in {variable.name for variable in found[STANDBY].variables}
    assert ("database_password" in {variable.name for variable in found[PRIMARY].variables}) is (source == "variable")


def test_a_replicated_secret_waits_before_it_is_gone() -> None:
    development = {"environment": "development"}
    assert plan_secrets(region(PRIMARY, **development)).inputs["recovery_window_in_days"] == 7
    alone = region(PRIMARY, **development, disaster_recovery={"database_replica": False})
    assert plan_secrets(alone).inputs["recovery_window_in_days"] == 0
    assert plan_secrets(region(PRIMARY)).inputs["recovery_window_in_days"] == 30


def test_every_output_that_can_be_taken_is_taken() -> None:
    variables = [variable.name for root in plan_deployment(pair()).roots for variable in root.variables]
    assert {name.removeprefix("primary_") for name in variables} == set(REMOTE_OUTPUTS)
