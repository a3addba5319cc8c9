"""The comment: one, bounded, the bad first, and nothing of a review is markup of the comment."""

import json
from pathlib import Path

from capgen.ci import comment
from capgen.ci.comment import MARKER


def outcome(
    folder: Path, region: str, plan: int | None, gate: int | None, *, after: str = "", review: str = ""
) -> None:
    place = folder / f"review-1-cap-a-{region}"
    place.mkdir(parents=True)
    said = {"deployment": "cap-a", "region": region, "plan": plan, "gate": gate, "after": after}
    (place / "outcome.json").write_text(json.dumps(said))
    if review:
        (place / "review.md").write_text(review)


def test_it_says_what_each_region_is(tmp_path: Path) -> None:
    outcome(tmp_path, "a-good", 2, 0, review="# good\n")
    outcome(tmp_path, "b-same", 0, 0)
    outcome(tmp_path, "c-refused", 2, 1, review="# refused\n")
    outcome(tmp_path, "d-dangerous", 2, 3)
    outcome(tmp_path, "e-unusable", 2, 2)
    outcome(tmp_path, "f-broken", 1, None)
    outcome(tmp_path, "g-later", 1, None, after="a-good")
    outcome(tmp_path, "h-unknown", None, None, after="a-good")
    report = tmp_path / "report.md"
    report.write_text("# scan\n")
    text = comment(tmp_path, report, "https://example.com/run")
    lines = text.splitlines()
    assert lines[0] == MARKER
    assert lines[1] == "## capgen: 8 regions planned, 5 must not be applied"
    rows = [[cell.strip(" `*") for cell in line.split("|")[2:4]] for line in lines if line.startswith("| `")]
    assert rows == [
        ["c-refused", "refused"], ["d-dangerous", "dangerous"], ["e-unusable", "not judged"],
        ["f-broken", "not planned"], ["h-unknown", "not planned"],
        ["a-good", "passed"], ["b-same", "no changes"], ["g-later", "planned later"],
    ]  # fmt: skip
    assert text.index("# refused") < text.index("# good") < text.index("# scan")
    assert "which this change applies first" in text


def test_nothing_planned_is_said_too(tmp_path: Path) -> None:
    assert comment(tmp_path / "none", None).startswith(f"{MARKER}\n## capgen: no region's output changes")


def test_it_stays_below_the_limit_and_names_what_is_left_out(tmp_path: Path) -> None:
    for index in range(300):
        outcome(tmp_path, f"r{index:03}", 2, 3 if index == 299 else 0, review=f"# r{index}\n" + "é" * 20_000)
    text = comment(tmp_path, None, "https://example.com/run")
    assert 40_000 < len(text.encode()) <= 65_536
    assert text.index("r299") < text.index("r000")  # the one that is refused comes first, and is shown
    assert "# r299" in text
    assert "more reviews: too long for a comment, see [the run](https://example.com/run)." in text
    assert "200 more regions: see" in text
    assert text.count("<details") == text.count("</details>")


def test_a_broken_file_counts_as_not_planned(tmp_path: Path) -> None:
    outcome(tmp_path, "eu-west-1", 2, 0)
    next(tmp_path.rglob("outcome.json")).write_text("{")
    assert "1 must not be applied" in comment(tmp_path, None)


def test_a_name_is_no_markup(tmp_path: Path) -> None:
    outcome(tmp_path, "</summary><img src=x>|@everyone", 2, 3)
    text = comment(tmp_path, None)
    assert "<img" not in text.replace("`</summary><img src=x>\\|@everyone`", "")
