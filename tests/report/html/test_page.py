"""The page as text: its structure, that it is closed off, and that nothing in it acts."""

import base64
import hashlib
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import fromstring

import pytest

from capgen.assess import Assessment
from capgen.compare import RegionChanges
from capgen.findings import FindingSeverity
from capgen.report.html import html_page
from tests.report.html.example import (
    DATABASE,
    HOSTILE,
    SECRET,
    TODAY,
    assessment,
    changes,
    good,
    many_resources,
    validated,
)
from tests.report.html.outline import Page, read

GOLDEN = Path(__file__).parents[1] / "golden"
MOST_BYTES = 1_500_000


@cache
def rich() -> str:
    return html_page(assessment(), validated(), changes())


@cache
def simple() -> str:
    return html_page(good(), validated())


@cache
def rich_page() -> Page:
    return read(rich())


@pytest.mark.parametrize("name", ["rich", "simple"])
def test_the_outline(golden: Callable[[Path, str], None], name: str) -> None:
    page = rich_page() if name == "rich" else read(simple())
    golden(GOLDEN / f"html_{name}.txt", page.outline())


def test_the_same_input_gives_the_same_bytes() -> None:
    assert html_page(assessment(), validated(), changes()) == rich()


def test_without_a_spec_and_without_a_region() -> None:
    page = read(html_page(Assessment(terms=good().terms)))
    assert "Nothing was judged: there is no region" in page.all("main")[0].text
    assert answer(Assessment(terms=good().terms)) == "No"
    assert answer(good()) == "Yes"


def test_the_policy_allows_the_one_script_and_the_one_style_and_nothing_else() -> None:
    page = rich_page()
    (script,), (style,) = page.all("script"), page.all("style")
    (policy,) = (each for each in page.all("meta") if each.attributes.get("http-equiv") == "Content-Security-Policy")
    directives = dict(part.split(" ", 1) for part in policy.attributes["content"].split("; "))
    assert directives == {
        "default-src": "'none'",
        "script-src": f"'{_digest(script.text)}'",
        "style-src": f"'{_digest(style.text)}'",
        "base-uri": "'none'",
        "form-action": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": "'none'",
    }
    assert (script.attributes, style.attributes) == ({}, {})


def _digest(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def test_the_page_needs_no_other_file() -> None:
    page = rich_page()
    assert {element.tag for element in page.elements} & {"img", "link", "iframe", "object", "base", "form"} == set()
    for element in page.elements:
        assert not {"src", "srcset", "style", "action", "data"} & element.attributes.keys()
        assert not any(name.startswith("on") for name in element.attributes)
        assert element.attributes.get("href", "#").startswith(("#", "https://"))
    assert "url(" not in page.all("style")[0].text
    assert "@import" not in page.all("style")[0].text


def test_hostile_text_is_text() -> None:
    page = rich_page()
    assert "document.title" not in page.all("script")[0].text
    assert page.all("main")[0].text.count(HOSTILE) > 10
    assert HOSTILE not in rich()
    assert not [each for each in page.all("a") if "javascript" in each.attributes["href"]]


def test_what_turns_the_direction_of_text_is_shown() -> None:
    assert "\u202e" not in rich()
    assert "db-\\u202e" in rich_page().all("main")[0].text


def test_no_secret_is_in_the_page() -> None:
    assert SECRET not in rich()
    (database,) = (each for each in rich_page().all("details") if DATABASE in each.text and '"db_name"' in each.text
                   and '"password"' in each.text)  # fmt: skip
    assert '"password": "********"' in database.text


def test_every_id_is_one_place_and_every_link_leads_to_one() -> None:
    page = rich_page()
    ids = [element.attributes["id"] for element in page.elements if "id" in element.attributes]
    assert len(ids) == len(set(ids))
    links = {each.attributes["href"][1:] for each in page.all("a") if each.attributes["href"].startswith("#")}
    named = {id for each in page.elements for name in ("aria-labelledby", "aria-describedby", "for")
             for id in each.attributes.get(name, "").split()}  # fmt: skip
    assert (links | named) - set(ids) == set()
    assert len(links) > 70


def test_headings_leave_no_level_out() -> None:
    levels = [int(element.tag[1]) for element in rich_page().elements if re.fullmatch("h[1-6]", element.tag)]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))


def test_every_control_has_a_name() -> None:
    page = rich_page()
    labelled = {each.attributes.get("for") for each in page.all("label")}
    for control in (*page.all("select"), *(each for each in page.all("input") if each.attributes["type"] == "search")):
        assert control.attributes["id"] in labelled
    assert all(each.text.strip() for each in (*page.all("button"), *page.all("summary"), *page.all("a")))


def test_each_picture_is_well_formed_and_tells_itself_in_words() -> None:
    pictures = [fromstring(each) for each in re.findall(r'<svg class="topology" viewBox="0 0 1.*?</svg>',
                                                                   rich(), re.DOTALL)]  # fmt: skip
    assert len(pictures) == 2
    told = [picture.findtext("desc") or "" for picture in pictures]
    assert "Internet (0.0.0.0/0) to Load balancer: TCP 80 (intended), reachable by the whole Internet." in told[0]
    assert "Internet (0.0.0.0/0) to Database: TCP 5432 (open, not intended), reachable by the whole" in told[1]
    assert "Tasks to File system: TCP 2049 (intended, but closed)" in told[1]
    assert "Database: public address, not encrypted, one zone" in told[1]


def test_a_hundred_resources_are_a_small_page() -> None:
    text = html_page(many_resources(), validated())
    assert read(text).all("main")[0].text.count("module.logs.aws_cloudwatch_log_group.more[") >= 30
    assert len(text.encode()) < MOST_BYTES


def answer(assessment: Assessment, changes: tuple[RegionChanges, ...] = ()) -> str:
    found = re.search('<h2 class="answer">(.*)</h2>', html_page(assessment, None, changes))
    assert found is not None
    return found[1]


def test_the_answer() -> None:
    (region,) = good().regions
    (finding,) = region.waived
    stands = replace(good(), regions=(replace(region, findings=(replace(finding, waiver=None),)),))
    slight = replace(stands, terms=replace(stands.terms, fail_on=FindingSeverity.CRITICAL))
    unjudged = replace(good(), regions=(region, assessment().regions[2]))
    assert answer(good()) == "Yes"
    assert answer(slight) == "Yes"
    assert answer(good(), changes()) == "Yes, but look"
    assert answer(good(), (RegionChanges(region="eu-west-1"),)) == "Yes"
    assert {answer(each) for each in (stands, unjudged, replace(stands, regions=()))} == {"No"}
    assert answer(stands, changes()) == "No"


def test_the_day_is_that_of_the_terms() -> None:
    later = replace(good(), terms=replace(good().terms, today=TODAY.replace(day=30)))
    assert "12 days left" in simple()
    assert "5 days left" in html_page(later, validated())
    assert "As of 2026-11-30" in html_page(later, validated())
