"""One comment for a change: what its plans say, then what policy says of the compiled output."""

from collections.abc import Sequence
from pathlib import Path

from capgen.ci.outcomes import Outcome, read_outcomes
from capgen.report.markdown.escape import code, escaped, web_address
from capgen.report.markdown.section import LONGEST
from capgen.report.words import count

MARKER = "<!-- capgen pipeline -->"
"""The first line of the comment, by which the next run finds it."""

_MOST_ROWS = 100
_POINTER = 200
"""Bytes kept free for each review that may have to be left out."""


def comment(folder: Path, report: Path | None, run: str | None = None) -> str:
    """Return the comment. `folder` has a folder for each region, `report` is the build's Markdown, `run` an address.

    What does not fit is left out as a whole and named, so that no markup is cut open; the bad comes first.
    """
    outcomes = read_outcomes(folder)
    head = _head(outcomes, run)
    documents = [(_title(each), each.review or _not_planned(each)) for each in outcomes]
    if report is not None and report.is_file():
        documents.append(("Compiled output", report.read_text(encoding="utf-8", errors="replace")))
    room = LONGEST - _size(head) - _POINTER * min(len(documents), _MOST_ROWS)
    parts: list[str] = []
    left_out = 0
    for title, text in documents:
        part = f"\n<details{'' if parts else ' open'}><summary>{title}</summary>\n\n{text.strip()}\n\n</details>\n"
        if _size(part) <= room:
            room -= _size(part)
            parts.append(part)
        else:
            left_out += 1
    more = f"\n{count(left_out, 'more review')}: too long for a comment, see {_where(run)}.\n" if left_out else ""
    return head + "".join(parts) + more


def _head(outcomes: Sequence[Outcome], run: str | None) -> str:
    bad = sum(not each.good for each in outcomes)
    if not outcomes:
        said = "no region's output changes, so nothing was planned"
    else:
        said = f"{count(len(outcomes), 'region')} planned, " + (f"{bad} must not be applied" if bad else "none refused")
    rows = "".join(
        f"| {code(each.deployment)} | {code(each.region)} | {'' if each.good else '**'}{each.words}"
        f"{'' if each.good else '**'} |\n"
        for each in outcomes[:_MOST_ROWS]
    )  # fmt: skip
    table = f"\n| deployment | region | plan |\n|---|---|---|\n{rows}" if rows else ""
    more = len(outcomes) - _MOST_ROWS
    cut = f"\n{count(more, 'more region')}: see {_where(run)}.\n" if more > 0 else ""
    return f"{MARKER}\n## capgen: {said}\n{table}{cut}"


def _title(outcome: Outcome) -> str:
    return f"{_text(outcome.deployment)} in {_text(outcome.region)}: {outcome.words}"


def _text(value: str) -> str:
    """Return a name for a place where HTML is read and Markdown is not."""
    return value.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _not_planned(outcome: Outcome) -> str:
    if outcome.waits:
        return (
            f"Terraform could not plan it yet. It may need what {escaped(outcome.after)} exports, which this change "
            "applies first. After that it is planned, judged and approved on its own; until then nothing is known "
            "of its changes."
        )
    if outcome.plan is None:
        return "It was not planned, or its plan was not judged: the log of the job that failed says why."
    return "Terraform could not plan it: the job's log says why."


def _where(run: str | None) -> str:
    address = web_address(run) if run else None
    return f"[the run]({address})" if address else "the run"


def _size(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))
