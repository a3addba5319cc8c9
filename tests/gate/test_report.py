"""The same judgement as text, JSON and Markdown: complete, within GitHub's limit, and harmless whatever it tells."""

import json
from collections.abc import Callable
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from rich.console import Console

from capgen.compare import AttributeChange, RegionChanges
from capgen.gate import Kind, PlannedChange, Review
from capgen.gate.review import OutputChange
from capgen.report.json import json_text
from capgen.report.review_document import review_document
from capgen.report.review_markdown import review_markdown
from capgen.report.review_text import print_review
from capgen.resources import table
from tests.gate.reviews import READABLE, reviewed, weighed
from tests.report.assessments import CHANGES, HOSTILE, NASTY
from tests.report.test_markdown import tokens

GOLDEN = Path(__file__).with_name("golden")
REPORT = table("report.schema.json")
REGISTRY: Registry[Any] = Registry().with_resource(REPORT["$id"], Resource.from_contents(REPORT))
VALIDATOR = Draft202012Validator(table("review.schema.json"), registry=REGISTRY, format_checker=FormatChecker())

LIMIT = 65_536


def text_of(review: Review, **options: Any) -> str:
    written = StringIO()
    print_review(Console(file=written, highlight=False, **options), review)
    return written.getvalue()


@pytest.mark.parametrize("name", READABLE)
def test_every_review_is_as_the_schema_says(name: str) -> None:
    document = json.loads(json_text(review_document(weighed(name))))
    assert [f"{error.json_path}: {error.message}" for error in VALIDATOR.iter_errors(document)] == []
    assert document["version"] == "capgen-review/v1"


def test_the_schema_is_closed_and_described() -> None:
    schema = table("review.schema.json")
    Draft202012Validator.check_schema(schema)
    for each in (schema, *schema["$defs"].values()):
        assert each["additionalProperties"] is False
        assert each["description"]
        assert all("description" in value or "$ref" in value for value in each["properties"].values())


@pytest.mark.parametrize("name", ["drift", "group_opened", "forgotten", "mixed"])
def test_text_and_markdown_are_the_golden_ones(name: str, golden: Callable[[Path, str], None]) -> None:
    review = weighed(name)
    golden(GOLDEN / f"{name}.txt", text_of(review))
    golden(GOLDEN / f"{name}.md", review_markdown(review))


def test_the_verdict_is_first_in_markdown_and_last_in_text() -> None:
    review = weighed("group_opened")
    assert review_markdown(review).startswith("## capgen review: dangerous\n\n**dangerous: 1 change that nobody allows")
    assert text_of(review).splitlines()[-1].startswith("group_opened.json: dangerous")


def test_the_options_that_allow_a_danger_can_be_copied_into_a_shell() -> None:
    line = "--allow 'module.security.aws_vpc_security_group_ingress_rule.database_direct[\"0.0.0.0/0\"]'"
    assert f"    {line}\n" in text_of(weighed("group_opened"))
    assert f"`{line}`" in review_markdown(weighed("group_opened"))


def hostile() -> Review:
    """A review in which every text that a user can write is hostile."""
    attribute = AttributeChange(path=HOSTILE, old=HOSTILE, new=HOSTILE, forces_replacement=True)
    change = PlannedChange(address=HOSTILE, type="aws_s3_bucket", kind=Kind.REPLACE, stateful=True, was=HOSTILE,
                           imported=HOSTILE, reason=HOSTILE, attributes=(attribute,))  # fmt: skip
    return Review(
        plan=HOSTILE,
        assessment=NASTY,
        region=CHANGES[0],
        changes=(change,),
        outputs=(OutputChange(name=HOSTILE, action="create", sensitive=False),),
        failed_checks=((HOSTILE, HOSTILE),),
        others={HOSTILE: 1},
    )


def test_a_users_text_is_never_markup_and_calls_nobody() -> None:
    review = hostile()
    found = tokens(review_markdown(review))
    html = {token.content.strip() for token in found if token.type in ("html_block", "html_inline")}
    assert all(each.startswith(("<details><summary>", "</details>")) for each in html)
    assert not any("e.vil" in str(token.attrs) for token in found if token.type == "link_open")
    assert not any("@root" in token.content for token in found if token.type == "text")
    assert "\x1b" not in review_markdown(review) + text_of(review)


def test_the_largest_plan_fits_into_a_comment_and_says_what_is_left_out() -> None:
    review = weighed("group_opened")
    bucket = PlannedChange(address="aws_s3_bucket.b", type="aws_s3_bucket", kind=Kind.DESTROY, stateful=True)
    more = tuple(replace(bucket, address=f"aws_s3_bucket.b{number}") for number in range(1500))
    region = RegionChanges(region="eu-west-1", exposure=review.region.exposure * 1500,
                           permissions=weighed("role_widened").region.permissions * 1500)  # fmt: skip
    written = review_markdown(replace(review, changes=more, region=region))
    assert len(written.encode()) <= LIMIT
    assert written.count("<details>") == written.count("</details>")
    assert "more permissions: see capgen review --format json." in written
    assert "more resources: see capgen review --format json." in written


def test_long_lists_are_folded_away() -> None:
    written = review_markdown(weighed("first"))
    assert "<details><summary>66 resources</summary>" in written


def test_a_long_list_in_a_terminal_says_how_much_is_left_out() -> None:
    assert "  and 26 more: see --format json or --report\n" in text_of(weighed("first"))


def test_sentences_are_wrapped_in_a_terminal_and_addresses_are_not() -> None:
    written = text_of(weighed("role_widened"), width=60, force_terminal=True, color_system=None)
    assert "module.identity.aws_iam_role_policy.task" in written
    assert all(len(line) <= 60 for line in written.splitlines() if line.startswith("    gained"))


def test_no_secret_is_in_any_form_and_findings_are_in_all() -> None:
    review = reviewed("mixed")
    check = review.assessment.findings[0].check
    for written in (text_of(review), review_markdown(review), json_text(review_document(review))):
        assert "hidden text" not in written
        assert check in written
