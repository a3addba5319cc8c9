"""What the snapshots room refuses."""

from typing import Any

import pytest

from capgen.components.snapshots.rules import RULES
from capgen.diagnostics import Severity
from capgen.model.rule import Problem
from tests.components.models import deployment


def found(rule: str, environment: str = "production", **snapshots: Any) -> list[Problem]:
    check = next(each.check for each in RULES if each.id == f"snapshots-{rule}")
    return list(check(deployment(environment=environment, snapshots=snapshots)))


def test_the_defaults_break_no_rule() -> None:
    assert not [problem for rule in RULES for problem in rule.check(deployment())]


@pytest.mark.parametrize(
    ("bucket", "complaint"),
    [
        ("192.168.5.4", "IP address"),
        ("acme..snapshots", "two dots"),
        ("xn--acme", 'begin with "xn--"'),
        ("sthree-acme", 'begin with "sthree-"'),
        ("acme-s3alias", 'end with "-s3alias"'),
        ("acme--ol-s3", 'end with "--ol-s3"'),
        ("acme--x-s3", 'end with "--x-s3"'),
    ],
)
def test_a_name_that_s3_refuses_is_refused(bucket: str, complaint: str) -> None:
    (problem,) = found("bucket-name", bucket=bucket)
    assert complaint in problem.message
    assert problem.severity is Severity.ERROR


@pytest.mark.parametrize("bucket", ["acme-snapshots", "acme-s3alias-1", "19216854"])
def test_other_names_are_taken(bucket: str) -> None:
    assert not found("bucket-name", bucket=bucket)


def test_a_dot_in_the_name_is_doubtful() -> None:
    (problem,) = found("bucket-name", bucket="acme.snapshots")
    assert problem.severity is Severity.WARNING


@pytest.mark.parametrize(
    ("key", "prefix", "refused"),
    [
        ("gold/agent.tar.gz", "", False),
        ("gold/agent.tar.gz", "gold/", False),
        ("agent.tar.gz", "gold/", True),
        ("golden/agent.tar.gz", "gold/", True),
        ("gold/", "gold/", True),
        ("scripts/cap-snapshot.sh", "", True),
    ],
)
def test_tasks_must_be_able_to_read_the_gold_master(key: str, prefix: str, refused: bool) -> None:
    problems = found("gold-master-readable", gold_master_key=key, prefix=prefix)
    assert [problem.path for problem in problems] == [("snapshots", "gold_master_key")] * refused


@pytest.mark.parametrize(
    ("prefix", "refused"),
    [("", False), ("gold/", False), ("my-scripts/", False), ("scripts/", True), ("scripts/gold/", True), ("a*/", True)],
)
def test_a_prefix_is_one_place_apart_from_scripts(prefix: str, refused: bool) -> None:
    assert bool(found("prefix", prefix=prefix)) is refused


@pytest.mark.parametrize(
    ("prefix", "task_capture", "refused"), [("", True, True), ("gold/", True, False), ("", False, False)]
)
def test_no_task_can_overwrite_the_helper_script(prefix: str, task_capture: bool, refused: bool) -> None:
    assert bool(found("capture-apart-from-script", prefix=prefix, task_capture=task_capture)) is refused


@pytest.mark.parametrize(
    ("environment", "force_destroy", "doubtful"),
    [("production", True, True), ("production", False, False), ("development", True, False)],
)
def test_destroying_productions_snapshots_is_doubtful(environment: str, force_destroy: bool, doubtful: bool) -> None:
    problems = found("destroyable-production", environment, force_destroy=force_destroy)
    assert [problem.severity for problem in problems] == [Severity.WARNING] * doubtful
