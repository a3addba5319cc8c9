"""What a reviewer sees first: who gets in, what goes out, what is kept, who acts, and what the waivers accept."""

from dataclasses import replace

import pytest

from capgen.assess import RegionAssessment
from capgen.diagnostics import Diagnostic
from capgen.findings import FindingSeverity
from capgen.permissions import holders
from capgen.report.html.glance import glance
from capgen.report.html.permissions import holder_groups
from capgen.report.html.summary import summary
from capgen.report.topology import graph, judged_flows
from capgen.report.topology.services import services
from tests.report.html.example import flattened, good


def changed(more: dict[tuple[str, str], dict[str, object]]) -> RegionAssessment:
    """Return the good region with these resources added or in place of others; their address is their name."""
    (region,) = good().regions
    root = flattened()
    place = next(iter(root.origins.values()))
    origins = {".".join(key): replace(place, address=".".join(key)) for key in more}
    whole = replace(root, resources={**root.resources, **more}, origins={**root.origins, **origins})
    return replace(region, flattened=whole, holders=holders(whole))


def card(region: RegionAssessment, title: str) -> list[tuple[str, str, str]]:
    """Return the lines of a card."""
    (found,) = (fact for fact in glance(region, judged_flows(region)) if fact.title == title)
    return [(line.text, line.tone, line.note) for line in found.lines]


def with_egress(destination: str, *, internet: bool) -> RegionAssessment:
    """Return the good region whose tasks may connect to a range on port 443 and nowhere else out."""
    (region,) = good().regions
    flows = [replace(flow, destination=destination, internet=internet) if flow.destination == "0.0.0.0/0" else flow
             for flow in region.reachability.flows]  # fmt: skip
    return replace(region, intended=None, reachability=replace(region.reachability, flows=tuple(flows)))


@pytest.mark.parametrize(
    ("destination", "internet", "line"),
    [
        ("0.0.0.0/0", True, ("Tasks on TCP 443", "plain", "to anywhere")),
        ("0.0.0.0/0", False, ("Tasks on TCP 443", "plain", "to anywhere, if the subnets route there")),
        ("203.0.113.0/24", False, ("Tasks on TCP 443", "plain", "to some ranges, if the subnets route there")),
        ("pl-1234", False, ("Tasks on TCP 443", "plain", "to some ranges, if the subnets route there")),
        ("10.0.0.0/8", False, ("Nothing is let out", "good", "")),
        ("sg-0123", False, ("Nothing is let out", "good", "")),
    ],
)
def test_out_goes_what_may_reach_public_addresses(destination: str, internet: bool, line: tuple[str, str, str]) -> None:
    assert card(with_egress(destination, internet=internet), "Out to the Internet") == [line]


def test_in_come_also_those_who_pass_by_the_network() -> None:
    everyone = '{"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "*"}]}'
    region = changed({
        ("aws_lambda_function_url", "a"): {"authorization_type": "NONE"},
        ("aws_lambda_function_url", "b"): {"authorization_type": "AWS_IAM"},
        ("aws_apigatewayv2_api", "a"): {},
        ("aws_s3_bucket", "b"): {"bucket": "b"},
        ("aws_s3_bucket_policy", "b"): {"bucket": "${aws_s3_bucket.b.id}", "policy": everyone},
        ("aws_s3_bucket_acl", "b"): {"bucket": "${aws_s3_bucket.b.id}", "acl": "public-read"},
    })  # fmt: skip
    assert card(region, "In from the Internet") == [
        ("Load balancer on TCP 80", "warn", "everyone"),
        ("An API of API Gateway", "bad", "past the network, who may call it is not followed"),
        ("The URL of a function", "bad", "past the network, everyone"),
        ("The URL of a function", "bad", "past the network, who signs requests"),
        ("Bucket aws_s3_bucket.b", "bad", "its policy names everyone"),
        ("Bucket of aws_s3_bucket_acl.b", "bad", "its access list names everyone"),
    ]


REDIRECT = [{"type": "redirect", "redirect": [{"port": "443", "protocol": "HTTPS", "status_code": "HTTP_301"}]}]
LISTENER = ("aws_lb_listener", "load_balancer__http")


@pytest.mark.parametrize(
    ("rules", "note", "badge"),
    [
        ({}, "everyone, redirects to HTTPS", "HTTP redirects to HTTPS"),
        ({("aws_lb_listener_rule", "a"): {"listener_arn": "${aws_lb_listener.load_balancer__http.arn}"}},
         "everyone", "HTTP only"),
    ],
)  # fmt: skip
def test_a_listener_that_only_redirects_is_no_plain_http(
    rules: dict[tuple[str, str], dict[str, object]], note: str, badge: str
) -> None:
    listener = {**flattened().resources[LISTENER], "default_action": REDIRECT}
    region = changed({LISTENER: listener, **rules})
    assert card(region, "In from the Internet") == [("Load balancer on TCP 80", "warn", note)]
    (balancer,) = (node for node in graph(region, judged_flows(region)).inside if node.key == "load_balancer")
    assert badge in [each.text for each in balancer.badges]


def test_a_load_balancer_tells_the_name_that_leads_to_it() -> None:
    alias = [{"name": "${aws_lb.load_balancer__this.dns_name}", "zone_id": "Z1", "evaluate_target_health": True}]
    record: dict[str, object] = {"name": "app.example.com", "type": "A", "alias": alias}
    region = changed({("aws_route53_record", "dns__this"): record})
    (balancer,) = (node for node in graph(region, judged_flows(region)).inside if node.key == "load_balancer")
    assert "app.example.com" in balancer.lines
    other = changed({("aws_route53_record", "dns__this"): {**record, "alias": [{**alias[0], "name": "elsewhere"}]}})
    (balancer,) = (node for node in graph(other, judged_flows(other)).inside if node.key == "load_balancer")
    assert "app.example.com" not in balancer.lines


def test_secrets_of_a_stack_are_counted_with_those_of_terraform() -> None:
    region = changed({("aws_secretsmanager_secret", "own"): {"lifecycle": {"prevent_destroy": True}}})
    assert region.flattened is not None
    before = len([key for key in flattened().resources if key[0] == "aws_secretsmanager_secret"])
    assert (f"{before + 2} secrets", "plain", "1 made by a stack") in card(region, "Keeps data")
    (chip,) = (each for each in services(region.flattened) if each.name == "Secrets Manager")
    assert (chip.words, [badge.text for badge in chip.badges]) == (f"{before + 2} secrets", ["1 made by a stack"])


@pytest.mark.parametrize("name", ["AdministratorAccess", "PowerUserAccess", "IAMFullAccess"])
def test_who_holds_a_policy_for_everything_is_marked_and_stands_first(name: str) -> None:
    trust = (
        '{"Statement": {"Effect": "Allow", "Principal": {"Service": "a.amazonaws.com"}, "Action": "sts:AssumeRole"}}'
    )
    arn = f"arn:aws:iam::aws:policy/{name}"
    role: dict[str, object] = {"name": "z", "assume_role_policy": trust, "managed_policy_arns": [arn]}
    region = changed({("aws_iam_role", "z"): role})
    assert ("5 roles", "bad", "1 far-reaching") in card(region, "Acts in the account")
    first = holder_groups(region.holders)[0].holders[0]
    assert (first.holder.address, first.managed, first.caveat) == ("aws_iam_role.z", (name,), False)


def test_what_the_waivers_accept_is_told_by_its_weight() -> None:
    (region,) = good().regions
    (one,) = region.waived
    critical, low = (replace(one, severity=FindingSeverity(each)) for each in ("critical", "low"))
    told = {}
    for waived in ((low,), (one, one, low), (critical, one, one)):
        aside = summary(replace(good(), regions=(replace(region, waived=waived),)), (), (), ()).aside
        told[waived] = next(reason.text for reason in aside if reason.place == "waivers")
    assert list(told.values()) == [
        "1 finding accepted by waivers", "3 findings accepted by waivers, 2 of them high",
        "3 findings accepted by waivers, 1 of them critical, 2 high",
    ]  # fmt: skip


def test_waivers_in_error_are_told_in_the_right_number() -> None:
    unused = Diagnostic(rule="waiver-unused", message="it matches nothing")
    told = [summary(replace(good(), waiver_diagnostics=(unused,) * number), (), (), ()).against[0].text
            for number in (1, 4)]  # fmt: skip
    assert told == ["1 waiver that matches nothing", "4 waivers that match nothing"]
