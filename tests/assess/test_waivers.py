"""What waivers accept, and what is said about the waivers themselves."""

import json
import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from capgen.assess.waivers import apply_waivers
from capgen.diagnostics import Diagnostic, Location, Severity
from capgen.findings import Waiver
from capgen.findings.waiver import matches
from tests.assess.waivers import LATER, finding, region, terms, waiver
from tests.terms import TODAY

WEB = 'module.security.aws_vpc_security_group_ingress_rule.web["0.0.0.0/0"]'
YESTERDAY = TODAY - timedelta(days=1)


def rules(diagnostics: list[Diagnostic]) -> list[str]:
    return [diagnostic.rule for diagnostic in diagnostics]


@pytest.mark.parametrize(
    ("resource", "matching"),
    [
        (WEB, True),
        ("*", True),
        ("module.security.*", True),
        ("*.aws_vpc_security_group_ingress_rule.*", True),
        ("*[*]", True),
        ('*["0.0.0.0/0"]', True),
        ('*["0?0.0.0/0"]', False),
        ("*.web", False),
        ("module.security", False),
        ("MODULE.*", False),
        (WEB.replace(".", "x"), False),
        ("module.security.aws_vpc_security_group_ingress_rule.web[0]", False),
        ("", False),
    ],
)
def test_only_a_star_is_a_wildcard(resource: str, matching: bool) -> None:
    assert waiver(resource).covers(finding(WEB)) is matching


def test_brackets_are_literal() -> None:
    assert not matches("aws_lb.this[01]", "aws_lb.this0")
    assert not matches("aws_lb.this[!1]", "aws_lb.this0")
    assert matches("aws_lb.this[01]", "aws_lb.this[01]")
    assert matches("aws_lb.this[*", "aws_lb.this[01]")


@given(st.text("ab*[]!?.-", max_size=8), st.text("ab[]!?.-\n", max_size=8))
def test_a_pattern_is_what_a_regular_expression_says(pattern: str, text: str) -> None:
    expected = re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), text, re.DOTALL) is not None
    assert matches(pattern, text) is expected


def test_a_pattern_of_many_stars_takes_no_time() -> None:
    assert not matches("*a" * 30 + "*b", "a" * 3000)


def test_a_waiver_is_for_one_check() -> None:
    assert not waiver(check="CKV_AWS_26").covers(finding(WEB))


@pytest.mark.parametrize(
    ("deployments", "regions", "applies"),
    [
        (("*",), ("*",), True),
        (("shop",), ("eu-west-1",), True),
        (("cap-*", "sho*"), ("us-*", "eu-*"), True),
        (("cap-*",), ("*",), False),
        (("*",), ("us-*",), False),
        (("sho",), ("*",), False),
    ],
)
def test_a_shared_waiver_has_a_scope(deployments: tuple[str, ...], regions: tuple[str, ...], applies: bool) -> None:
    shared = waiver(deployments=deployments, regions=regions)
    (judged,), diagnostics = apply_waivers([region(finding("aws_lb.a"))], terms(shared))
    assert len(judged.waived) == applies
    assert diagnostics == []


def test_findings_are_split_by_the_waivers_of_the_region_and_the_shared_ones() -> None:
    findings = [finding("aws_lb.a"), finding("aws_lb.b"), finding("aws_lb.a", check="CKV_AWS_2")]
    own, shared = waiver("aws_lb.a"), waiver(check="CKV_AWS_2")
    (judged,), diagnostics = apply_waivers([region(*findings, carried=(own,))], terms(shared))
    assert judged.findings == (findings[1],)
    assert [(one.address, one.check, one.waiver) for one in judged.waived] == [
        ("aws_lb.a", "CKV_AWS_260", own),
        ("aws_lb.a", "CKV_AWS_2", shared),
    ]
    assert diagnostics == []


def test_a_waiver_holds_on_its_last_day_and_not_on_the_next() -> None:
    regions = [region(finding("aws_lb.a"), carried=(waiver(expires=LATER),))]
    (judged,), diagnostics = apply_waivers(regions, terms(today=LATER))
    assert (len(judged.findings), len(judged.waived)) == (0, 1)
    assert [diagnostic.severity for diagnostic in diagnostics] == [Severity.WARNING]
    (judged,), (diagnostic,) = apply_waivers(regions, terms(today=LATER + timedelta(days=1)))
    assert (len(judged.findings), len(judged.waived)) == (1, 0)
    assert (diagnostic.rule, diagnostic.severity) == ("waiver-expired", Severity.ERROR)
    assert diagnostic.message == ("the waiver of CKV_AWS_260 for * expired on 2030-01-01, so what it excused stands")
    assert diagnostic.location == Location("cap.yaml", 7, 5)
    assert diagnostic.hint == "correct what it excused, or let platform decide anew"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today is its last day"),
        (1, "it expires in 1 day"),
        (2, "it expires in 2 days"),
        (30, "it expires in 30 days"),
        (31, None),
    ],
)
def test_a_waiver_that_expires_soon_is_told(days: int, said: str | None) -> None:
    own = waiver(expires=TODAY + timedelta(days=days))
    (judged,), diagnostics = apply_waivers([region(finding("aws_lb.a"), carried=(own,))], terms())
    assert len(judged.waived) == 1
    told = [(one.rule, one.severity, one.message.rpartition(": ")[2]) for one in diagnostics]
    assert told == ([("waiver-expires-soon", Severity.WARNING, said)] if said else [])


def test_the_last_day_there_is_does_not_overflow() -> None:
    for today in (date.min, date.max):
        _, diagnostics = apply_waivers([region(finding("a"), carried=(waiver(expires=date.max),))], terms(today=today))
        assert rules(diagnostics) == (["waiver-expires-soon"] if today == date.max else [])


def test_a_waiver_that_matches_nothing_is_an_error_at_its_line() -> None:
    own = waiver("aws_lb.c", spec="policy.waivers[3]")
    _, (diagnostic,) = apply_waivers([region(finding("aws_lb.a"), carried=(own,))], terms())
    assert (diagnostic.rule, diagnostic.severity) == ("waiver-unused", Severity.ERROR)
    assert (diagnostic.location, diagnostic.path) == (Location("cap.yaml", 7, 5), "policy.waivers[3]")
    assert diagnostic.message == "the waiver of CKV_AWS_260 for aws_lb.c matches no finding"


@pytest.mark.parametrize(
    ("check", "hint"),
    [
        ("CKV_AWS_2600", 'did you mean "CKV_AWS_260"?'),
        ("ckv_aws_260", 'did you mean "CKV_AWS_260"?'),
        ("CAPGEN_1x", 'did you mean "CAPGEN_1"?'),
        ("unthinkable", None),
    ],
)
def test_a_check_that_there_is_not_is_an_error_with_the_nearest(check: str, hint: str | None) -> None:
    _, (diagnostic,) = apply_waivers([region(carried=(waiver(check=check),))], terms())
    assert (diagnostic.rule, diagnostic.severity, diagnostic.value) == ("waiver-unknown-check", Severity.ERROR, check)
    assert diagnostic.hint == hint


@pytest.mark.parametrize("check", ["CKV_AWS_41", "CAPGEN_1", "CAPGEN_40"])
def test_a_check_that_never_applies_is_known(check: str) -> None:
    """One of checkov's about a provider's keys, one of capgen's, and one about flows."""
    _, (diagnostic,) = apply_waivers([region(carried=(waiver(check=check),))], terms())
    assert diagnostic.rule == "waiver-unused"


def test_a_check_of_the_users_own_is_known(tmp_path: Path) -> None:
    policy = {
        "metadata": {"id": "ACME_1", "name": "Buckets are named", "category": "general"},
        "definition": {"cond_type": "attribute", "resource_types": ["aws_s3_bucket"], "attribute": "bucket",
                       "operator": "exists"},
    }  # fmt: skip
    (tmp_path / "acme.yaml").write_text(json.dumps(policy))
    regions = [region(carried=(waiver(check="ACME_1"),))]
    assert rules(apply_waivers(regions, replace(terms(), policies=tmp_path))[1]) == ["waiver-unused"]
    assert rules(apply_waivers(regions, terms())[1]) == ["waiver-unknown-check"]


def test_a_shared_waiver_that_matches_nothing_may_need_a_scope() -> None:
    _, (diagnostic,) = apply_waivers([region()], terms(waiver()))
    assert diagnostic.hint is not None
    assert diagnostic.hint.endswith("or say in deployments and regions where it is needed")


def test_the_longest_lasting_waiver_of_several_is_named_and_all_are_used() -> None:
    short, long = waiver("aws_lb.a", expires=TODAY + timedelta(days=100)), waiver("aws_lb.*", expires=LATER)
    for carried in ((short, long), (long, short)):
        (judged,), diagnostics = apply_waivers([region(finding("aws_lb.a"), carried=carried)], terms())
        assert [one.waiver for one in judged.waived] == [long]
        assert diagnostics == []


def test_an_expired_waiver_that_another_one_shadows_is_told_to_go() -> None:
    dead = waiver("aws_lb.a", expires=YESTERDAY)
    (judged,), (diagnostic,) = apply_waivers([region(finding("aws_lb.a"), carried=(dead, waiver()))], terms())
    assert (len(judged.findings), len(judged.waived)) == (0, 1)
    assert (diagnostic.rule, diagnostic.severity) == ("waiver-expired", Severity.ERROR)
    assert diagnostic.message.endswith("expired on 2026-11-22")
    assert diagnostic.hint == "remove it: another waiver covers what it excused"


def test_a_waiver_of_the_profile_never_expires_and_need_not_match() -> None:
    profile = waiver(expires=None, spec="environment"), waiver("aws_lb.c", expires=None, spec="environment")
    (judged,), diagnostics = apply_waivers([region(finding("aws_lb.a"), carried=profile)], terms(today=date.max))
    assert [one.waiver for one in judged.waived] == [profile[0]]
    assert diagnostics == []


def test_a_waiver_of_every_region_must_match_in_one() -> None:
    top = waiver("aws_lb.a", spec="policy.waivers[0]")
    both = [region(carried=(top,)), region(finding("aws_lb.a"), carried=(top,), name="shop/us-east-1")]
    assert apply_waivers(both, terms())[1] == []
    assert rules(
        apply_waivers([region(carried=(top,)), region(carried=(top,), name="shop/us-east-1")], terms())[1]
    ) == ["waiver-unused"]


def test_a_waiver_of_a_region_must_match_in_that_region() -> None:
    own = waiver("aws_lb.a", spec="regions.eu-west-1.policy.waivers[0]")
    other = waiver("aws_lb.a", spec="regions.us-east-1.policy.waivers[0]")
    regions = [region(finding("aws_lb.a"), carried=(own,)), region(carried=(other,), name="shop/us-east-1")]
    _, (diagnostic,) = apply_waivers(regions, terms())
    assert (diagnostic.rule, diagnostic.path) == ("waiver-unused", other.spec)


def test_deployments_do_not_share_what_they_carry() -> None:
    top = waiver("aws_lb.a", spec="policy.waivers[0]")
    regions = [region(finding("aws_lb.a"), carried=(top,)), region(carried=(top,), name="bank/eu-west-1")]
    assert rules(apply_waivers(regions, terms())[1]) == ["waiver-unused"]


def test_a_shared_waiver_must_match_somewhere_in_its_scope() -> None:
    shared = waiver("aws_lb.a", deployments=("shop",))
    bank, shop = region(finding("aws_lb.a"), name="bank/eu-west-1"), region(finding("aws_lb.b"))
    assert apply_waivers([bank], terms(shared))[1] == []
    assert rules(apply_waivers([bank, shop], terms(shared))[1]) == ["waiver-unused"]
    assert apply_waivers([bank, region(finding("aws_lb.a"))], terms(shared))[1] == []


def test_a_region_that_was_not_judged_leaves_open_what_is_meant_for_it() -> None:
    top, own = waiver("aws_lb.a", spec="policy.waivers[0]"), waiver(spec="regions.eu-west-1.policy.waivers[0]")
    broken = region(name="shop/us-east-1", broken=True)
    shared, elsewhere = waiver("aws_lb.s"), waiver("aws_lb.e", deployments=("shop",), regions=("eu-*",))
    judged, diagnostics = apply_waivers([region(carried=(top, own)), broken], terms(shared, elsewhere))
    assert judged[1] == broken
    assert {(one.rule, one.value) for one in diagnostics} == {("waiver-unused", "*"), ("waiver-unused", "aws_lb.e")}


def test_a_broken_region_of_another_deployment_leaves_nothing_open() -> None:
    top = waiver("aws_lb.a", spec="policy.waivers[0]")
    broken = region(name="bank/eu-west-1", broken=True)
    assert rules(apply_waivers([region(carried=(top,)), broken], terms())[1]) == ["waiver-unused"]


def test_a_region_that_is_not_among_those_judged_leaves_the_waivers_of_the_spec_open() -> None:
    top, own = waiver("aws_lb.a", spec="policy.waivers[0]"), waiver(spec="regions.eu-west-1.policy.waivers[0]")
    _, diagnostics = apply_waivers([region(carried=(top, own))], terms(), {"shop"})
    assert [diagnostic.path for diagnostic in diagnostics] == [own.spec]


CHECKS = st.sampled_from(["CKV_AWS_2", "CKV_AWS_260"])
ADDRESSES = st.sampled_from(["aws_lb.a", "aws_lb.b", 'module.x.aws_lb.a["k"]'])
DAYS = st.dates(TODAY - timedelta(days=40), TODAY + timedelta(days=80))
WAIVERS = st.builds(
    waiver,
    st.sampled_from(["*", "aws_lb.*", "aws_lb.a", "*a*", "nothing"]),
    CHECKS,
    st.one_of(st.none(), DAYS),
    deployments=st.sampled_from([("*",), ("shop",), ("bank",)]),
    regions=st.sampled_from([("*",), ("eu-*",), ("us-east-1",)]),
    spec=st.sampled_from(["", "policy.waivers[0]", "regions.eu-west-1.policy.waivers[0]"]),
)  # fmt: skip
REGIONS = st.builds(
    lambda name, findings, carried, broken: region(*findings, carried=tuple(carried), name=name, broken=broken),
    st.sampled_from(["shop/eu-west-1", "shop/us-east-1", "bank/eu-west-1"]),
    st.lists(st.builds(finding, ADDRESSES, CHECKS), max_size=4),
    st.lists(WAIVERS, max_size=3),
    st.booleans(),
)


@given(st.lists(REGIONS, max_size=3), st.lists(WAIVERS, max_size=3), DAYS)
@settings(max_examples=150, deadline=None, derandomize=True)
def test_no_finding_is_lost_or_doubled_or_waived_without_a_waiver_that_holds(
    regions: list[object], shared: list[Waiver], today: date
) -> None:
    judged, diagnostics = apply_waivers(regions, terms(*shared, today=today))  # type: ignore[arg-type]
    assert len(judged) == len(regions)
    for before, after in zip(regions, judged, strict=True):
        plain = [(one.address, one.check) for one in (*after.findings, *after.waived)]
        assert sorted(plain) == sorted((one.address, one.check) for one in before.findings)  # type: ignore[attr-defined]
        assert all(one.waiver is None for one in after.findings)
        allowed = [*after.carried, *(each for each in shared if each.applies(after.deployment, after.region))]
        for one in after.waived:
            assert one.waiver in allowed
            assert one.waiver.covers(one)
            assert one.waiver.lasts >= today
        if after.judged:
            for one in after.findings:
                assert not [each for each in allowed if each.covers(one) and each.lasts >= today]
    assert len(diagnostics) == len(set(diagnostics))
