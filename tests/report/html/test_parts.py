"""What the sections are made of: each tells the facts as they are."""

from dataclasses import replace
from datetime import date

import pytest

from capgen.diagnostics import Location
from capgen.permissions import Statement
from capgen.report.html.configuration import value_rows
from capgen.report.html.filters import sentence
from capgen.report.html.glance import glance
from capgen.report.html.masked import masked, masked_arguments
from capgen.report.html.matrix import matrix
from capgen.report.html.permissions import broad
from capgen.report.html.quote import Quotes, quotes_of
from capgen.report.html.waivers import Standing, waiver_rows
from capgen.report.topology import Verdict, graph, judged_flows
from tests.report.html.example import RANGES, SECRET, assessment, good, validated

NOWHERE = Quotes({})


def test_what_needs_someone_is_the_first_waiver() -> None:
    rows = waiver_rows(assessment(), NOWHERE)
    assert [(row.standing, row.days, len(row.covered)) for row in rows] == [
        (Standing.EXPIRED, -22, 1),
        (Standing.UNUSED, 190, 0),
        (Standing.SOON, 12, 1),
        (Standing.HOLDS, 98, 1),
        (Standing.PROFILE, None, 1),
    ]


def test_a_waiver_that_two_regions_carry_is_one() -> None:
    (region,) = good().regions
    twice = replace(good(), regions=(region, replace(region, name="us-east-1", region="us-east-1")))
    (row,) = waiver_rows(twice, NOWHERE)
    assert (row.scope, [name for name, _ in row.covered]) == ("eu-west-1, us-east-1", ["eu-west-1", "us-east-1"])


def test_a_waiver_holds_on_its_last_day() -> None:
    last = replace(good(), terms=replace(good().terms, today=date(2026, 12, 5)))
    after = replace(good(), terms=replace(good().terms, today=date(2026, 12, 6)))
    assert [waiver_rows(each, NOWHERE)[0].standing for each in (last, after)] == [Standing.SOON, Standing.EXPIRED]


def test_regions_that_agree_share_a_row() -> None:
    model = validated().model
    assert model is not None
    rows = {(row.name, row.regions): row for row in value_rows(model)}
    both = ("eu-west-1", "us-east-1")
    assert rows["agent.cpu", both].everywhere
    assert not rows["agent.cpu", both].differs
    assert [rows["database.multi_az", (region,)].kind for region in both] == ["profile", "spec"]
    assert {row.name for row in rows.values() if row.differs} == {
        "region", "network.vpc_id", "network.subnet_ids[0]", "network.subnet_ids[1]", "database.multi_az",
    }  # fmt: skip
    assert not [name for name, _ in rows if name.startswith("policy.waivers")]


def test_the_matrix_has_every_flow_with_its_verdict() -> None:
    region = assessment().regions[1]
    flows = judged_flows(region)
    table = matrix(graph(region, flows))
    assert len(table.rows) == 8
    (folded,) = (row for row in table.rows if row.source.title == "30 public ranges")
    assert set(folded.source.members) == set(RANGES)
    (opening,) = (opening for cell in folded.cells for opening in cell)
    assert (opening.ports, opening.verdict, len(opening.rules)) == ("TCP 20001", Verdict.INTENDED, 30)
    wrong = sorted((opening.ports, str(opening.verdict)) for opening in table.openings if opening.wrong)
    assert wrong == [
        ("TCP 2049", "missing"), ("TCP 2049", "not intended"), ("TCP 5432", "not intended"),
        ("TCP 7000-7100", "not intended"), ("TCP 8080", "not intended"), ("TCP 8443", "not intended"),
        ("all TCP ports", "not intended"),
    ]  # fmt: skip
    assert [opening.ports for opening in table.openings if opening.everyone] == ["TCP 80", "TCP 5432", "TCP 8443"]


def test_at_a_glance_the_database_that_is_open_to_everyone() -> None:
    region = assessment().regions[1]
    inward = glance(region, judged_flows(region))[0]
    assert ("Database on TCP 5432", "bad", "everyone, not intended") in [
        (line.text, line.tone, line.note) for line in inward.lines
    ]


def statement(**changes: tuple[str, ...] | str) -> Statement:
    parts = {"effect": "Allow", "actions": ("s3:GetObject",), "resources": ("*",), "principals": (), "conditions": (),
             "negated": (), "sid": "", "words": "", "policy": "", "raw": {}}  # fmt: skip
    return Statement(**{**parts, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("found", "kind", "words"),
    [
        (statement(), "role", ["any resource"]),
        (statement(actions=("*",)), "user", ["every action", "any resource"]),
        (statement(actions=("s3:*",), resources=("arn:aws:s3:::a",)), "role", ["every action"]),
        (statement(resources=("arn:aws:s3:::a/*",)), "role", []),
        (statement(conditions=("only from x",)), "role", []),
        (statement(effect="Deny", actions=("*",)), "role", []),
        (statement(actions=("ecr:GetAuthorizationToken",)), "role", []),
        (statement(actions=("ecr:GetAuthorizationToken", "s3:GetObject")), "role", ["any resource"]),
        (statement(principals=("*",)), "bucket", ["anyone"]),
        (statement(principals=("AWS:*",)), "trust", ["anyone"]),
        (statement(principals=("*",), conditions=("only from x",)), "bucket", []),
        (statement(negated=("NotAction",)), "bucket", ["all but what is listed (NotAction)"]),
        (statement(actions=("kms:*",), principals=("AWS:arn:aws:iam::1:root",)), "key", []),
    ],
)
def test_what_of_a_statement_reaches_far(found: Statement, kind: str, words: list[str]) -> None:
    assert list(broad(found, kind)) == words


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ({"password": SECRET}, {"password": "********"}),
        ({"name": "DB_PASSWORD", "value": SECRET}, {"name": "DB_PASSWORD", "value": "********"}),
        ({"password": "${random_password.this.result}"}, {"password": "${random_password.this.result}"}),
        (f'{{"token": "{SECRET}"}}', {"token": "********"}),
        ("{not json", "{not json"),
        (f"https://u:{SECRET}@example.com/x", "https********example.com/x"),
        ("AKIAIOSFODNN7EXAMPLE", "********"),
        (f"-Dstore.password={SECRET}", "********"),
        (["a", 1, None, True], ["a", 1, None, True]),
    ],
)
def test_secrets_are_masked_wherever_they_stand(value: object, shown: object) -> None:
    assert masked(value) == shown


def test_what_the_provider_calls_sensitive_is_masked_as_a_whole() -> None:
    text = f'{{"username": "u", "pin": "{SECRET}", "from": "${{aws_x.y.z}}"}}'
    shown = masked_arguments("aws_secretsmanager_secret_version", {"secret_string": text, "secret_id": "a"})
    assert shown == {
        "secret_id": "a",
        "secret_string": {"username": "********", "pin": "********", "from": "${aws_x.y.z}"},
    }
    written = {"password_wo": SECRET, "password_wo_version": 1, "username": "u"}
    assert masked_arguments("aws_db_instance", written) == written | {"password_wo": "********"}


def test_the_line_of_the_spec_is_quoted_and_marked() -> None:
    document, model = validated().document, validated().model
    assert document is not None
    assert model is not None
    place = model.regions[1].sources.value_at("database", "multi_az")
    quote = quotes_of(document, ()).at(place)
    assert quote is not None
    assert (quote.before, quote.marked, quote.after, quote.line) == ("multi_az: ", "false", "", place.line)
    elsewhere = quotes_of(document, ()).at(Location("waivers.yaml", 3, 5))
    assert elsewhere is not None
    assert (elsewhere.file, elsewhere.line, elsewhere.before) == ("waivers.yaml", 3, "")


def test_names_in_parentheses_are_set_apart_and_escaped() -> None:
    assert sentence("May read (a<b), then (c) <i>.") == (
        'May read <span class="term">(a&lt;b)</span>, then <span class="term">(c)</span> &lt;i&gt;.'
    )
