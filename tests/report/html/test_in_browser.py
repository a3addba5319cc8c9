"""The page in a real browser: it is seen, used by keyboard alone, printed, and stays alone and quiet."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from capgen.report.html import html_page
from tests.report.html.browser import Browser, browser
from tests.report.html.example import assessment, changes, good, validated

pytestmark = pytest.mark.slow

BOXES = """() => {
  const svg = [...document.querySelectorAll(".picture svg")];
  return svg.map((each) => ({
    frame: each.getBoundingClientRect().toJSON(),
    texts: [...each.querySelectorAll("text")].map((text) => ({...text.getBoundingClientRect().toJSON(),
                                                              words: text.textContent})),
    shapes: [...each.querySelectorAll("rect")].map((rect) => rect.getBoundingClientRect().toJSON()),
    overflowing: [...each.querySelectorAll(".box, .label:has(> rect), .badge")].flatMap((group) => {
      const card = group.querySelector("rect").getBoundingClientRect();
      return [...group.querySelectorAll("text")].filter((text) => {
        const box = text.getBoundingClientRect();
        return box.left < card.left || box.right > card.right || box.bottom > card.bottom || box.top < card.top;
      }).map((text) => text.textContent);
    }),
  }));
}"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as started:
        yield started


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "index.html"
    file.write_text(html_page(assessment(), validated(), changes()), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def simple(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("page") / "index.html"
    file.write_text(html_page(good(), validated()), encoding="utf-8")
    return file


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_page_is_quiet_alone_and_inert(chromium: Browser, rich: Path, scheme: Any) -> None:
    with chromium.open(rich, scheme=scheme) as opened:
        opened.page.locator("details").evaluate_all("all => all.forEach((each) => { each.open = true; })")
        opened.page.mouse.wheel(0, 20_000)
        opened.page.wait_for_timeout(100)
        assert opened.said == []
        assert opened.asked == [rich.as_uri()]
        assert "owned" not in opened.page.title()
        assert opened.page.locator("img, iframe, object, embed, link, base").count() == 0
        assert opened.page.get_by_text("<script>document.title='owned'</script>").count() > 5


def test_a_script_that_got_into_the_page_does_not_run(chromium: Browser, rich: Path, tmp_path: Path) -> None:
    """Not the escaping alone protects the reader: the content security policy refuses what has another digest."""
    text = rich.read_text(encoding="utf-8")
    broken = tmp_path / "broken.html"
    broken.write_text(text.replace("<main ", "<script>document.title='owned'</script><main ", 1), encoding="utf-8")
    with chromium.open(broken) as opened:
        assert opened.page.title() != "owned"
        assert any("Content Security Policy" in line for line in opened.said)


@pytest.mark.parametrize("width", [420, 1440])
def test_the_picture_is_seen_and_no_text_of_it_meets_another(
    chromium: Browser, rich: Path, simple: Path, width: int
) -> None:
    for file, pictures in ((rich, 2), (simple, 1)):
        with chromium.open(file, width=width) as opened:
            drawn = opened.page.evaluate(BOXES)
        assert len(drawn) == pictures
        for svg in drawn:
            frame, texts = svg["frame"], svg["texts"]
            assert frame["width"] >= 800
            assert frame["height"] > 300
            assert len(texts) > 20
            assert all(each["width"] > 0 and each["height"] > 0 for each in (*texts, *svg["shapes"]))
            assert [each["words"] for each in texts if not _within(each, frame)] == []
            assert list(_meeting(texts)) == []
            assert svg["overflowing"] == []


def _within(box: dict[str, float], frame: dict[str, float]) -> bool:
    return (frame["left"] <= box["left"] and box["right"] <= frame["right"]
            and frame["top"] <= box["top"] and box["bottom"] <= frame["bottom"])  # fmt: skip


def _meeting(texts: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for number, one in enumerate(texts):
        for other in texts[number + 1 :]:
            apart = (one["right"] <= other["left"] + 0.5 or other["right"] <= one["left"] + 0.5
                     or one["bottom"] <= other["top"] + 2.5 or other["bottom"] <= one["top"] + 2.5)  # fmt: skip
            if not apart:
                yield one["words"], other["words"]


def test_findings_are_filtered_by_keyboard_alone(chromium: Browser, rich: Path) -> None:
    with chromium.open(rich) as opened:
        page = opened.page
        shown = page.locator("#finding-list article:visible")
        assert shown.count() == 6
        for _ in range(400):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.id") == "finding-text":
                break
        assert page.evaluate("document.activeElement.id") == "finding-text"
        page.keyboard.type("encrypted")
        assert [each.get_attribute("data-check") for each in shown.all()] == ["CKV_AWS_16"]
        assert page.locator("[data-filter=finding-list] output").inner_text() == "1 of 6 shown"
        page.keyboard.press("Control+A")
        page.keyboard.press("Delete")
        page.keyboard.press("Tab")
        page.keyboard.press("Space")
        assert {each.get_attribute("data-severity") for each in shown.all()} == {"high", "medium", "low"}
        for _ in range(4):
            page.keyboard.press("Tab")
        page.keyboard.type("CKV_AWS_157")
        assert [each.get_attribute("data-check") for each in shown.all()] == ["CKV_AWS_157"]


def test_the_first_tab_leads_past_the_navigation(chromium: Browser, simple: Path) -> None:
    with chromium.open(simple) as opened:
        opened.page.keyboard.press("Tab")
        assert opened.page.evaluate("document.activeElement.textContent") == "Skip to the report"
        assert opened.page.locator(".skip").bounding_box()["y"] > 0
        opened.page.keyboard.press("Enter")
        assert opened.page.evaluate("document.activeElement.id") == "main"


def test_one_region_is_shown_alone_and_a_link_brings_another_back(chromium: Browser, rich: Path) -> None:
    with chromium.open(rich) as opened:
        page = opened.page
        page.locator("#region").select_option("eu-west-1")
        assert page.locator(".picture:visible").count() == 1
        assert page.locator("#finding-list article:visible").count() == 0
        assert page.locator("[data-filter=finding-list] output").inner_text() == "0 of 6 shown"
        page.evaluate("location.hash = 'r1-a3'")
        page.locator("#r1-a3").wait_for(state="visible")
        assert page.locator("#region").input_value() == ""
        assert page.locator("#r1-a3 pre").is_visible()


def test_the_theme_is_chosen_and_kept(chromium: Browser, simple: Path) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    with chromium.open(simple) as opened:
        page = opened.page
        light = page.evaluate(ground)
        page.locator("#theme").focus()
        page.keyboard.press("Enter")
        dark = page.evaluate(ground)
        assert dark != light
        assert page.locator("#theme").inner_text() == "Light theme"
        page.reload()
        assert page.evaluate(ground) == dark
        page.locator("#theme").click()
        assert page.evaluate(ground) == light
    with chromium.open(simple, scheme="dark") as opened:
        assert opened.page.evaluate(ground) == dark


def test_values_and_resources_are_searched_and_opened(chromium: Browser, rich: Path) -> None:
    with chromium.open(rich) as opened:
        page = opened.page
        page.locator("[name=differs]").check()
        names = {row.locator(".name").inner_text() for row in page.locator("#value-list tbody tr:visible").all()}
        assert names == {"region", "network.vpc_id", "network.subnet_ids[0]", "network.subnet_ids[1]",
                         "database.multi_az"}  # fmt: skip
        page.locator("#resource-text").fill("aws_efs_file_system.this storage")
        assert 0 < page.locator("#resource-list details:visible").count() < 12
        first = page.locator("#resource-list details:visible").first
        first.locator("summary").focus()
        page.keyboard.press("Enter")
        assert first.locator("pre").is_visible()


def test_waivers_are_sorted_by_a_button(chromium: Browser, rich: Path) -> None:
    with chromium.open(rich) as opened:
        page = opened.page
        first = page.locator("#waivers tbody tr td:nth-child(2) .mono").first
        button = page.get_by_role("button", name="Check and resource")
        for order, check in (("ascending", "CKV_AWS_2"), ("descending", "CKV_AWS_999")):
            button.focus()
            page.keyboard.press("Enter")
            assert first.inner_text() == check
            assert page.locator(f"#waivers th[aria-sort={order}]").count() == 1


def test_without_scripts_everything_is_there(chromium: Browser, rich: Path) -> None:
    with chromium.open(rich, scripts=False) as opened:
        page = opened.page
        assert page.locator("#finding-list article:visible").count() == 6
        assert page.locator(".needs-script:visible").count() == 0
        page.locator("#r0-a0 summary").click()
        assert page.locator("#r0-a0 pre").is_visible()


def test_it_prints_with_everything_open_and_nothing_cut(chromium: Browser, simple: Path, rich: Path) -> None:
    with chromium.open(simple) as opened:
        pages = len(re.findall(rb"/Type /Page\b", opened.page.pdf(format="A4")))
        assert pages >= 15, "the arguments of every resource are printed"
        assert opened.page.locator("#resource-list details[open]").count() == 0, "and closed again afterwards"
    with chromium.open(rich, width=794) as opened:
        page = opened.page
        page.locator("#finding-text").fill("no finding has this")
        page.emulate_media(media="print")
        page.evaluate("dispatchEvent(new Event('beforeprint'))")
        assert page.locator("#finding-list article:visible").count() == 6, "what is printed is complete"
        assert page.locator("details:not([open])").count() == 0
        assert page.locator(".side:visible, .toolbar:visible, .button:visible").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= 794


@pytest.mark.parametrize("width", [360, 768, 1440])
def test_the_page_is_as_wide_as_its_window(chromium: Browser, rich: Path, width: int) -> None:
    with chromium.open(rich, width=width) as opened:
        assert opened.page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", ["rich", "simple"])
def test_axe_finds_nothing(chromium: Browser, request: pytest.FixtureRequest, scheme: Any, name: str) -> None:
    """https://dequeuniversity.com/rules/axe/: the rules of WCAG 2.2 A and AA, and best practice."""
    from axe_playwright_python.sync_playwright import Axe

    with chromium.open(request.getfixturevalue(name), scheme=scheme) as opened:
        opened.page.locator("details").evaluate_all("all => all.forEach((each) => { each.open = true; })")
        found = Axe().run(opened.page).response
    assert [(each["id"], [node["html"][:160] for node in each["nodes"][:3]]) for each in found["violations"]] == []
    assert len(found["passes"]) > 20
