"""What a reviewer wants to know of a region before anything else: who gets in, what goes out, what is kept."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from capgen.assess import RegionAssessment
from capgen.compare import STATEFUL
from capgen.evaluate import blocks
from capgen.report.html.filters import count
from capgen.report.topology import JudgedFlow, Verdict, port_words, tier_name, tier_of
from capgen.topology.addresses import is_world

_WRONG = (Verdict.UNINTENDED, Verdict.MISSING)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a card, and how it is meant."""

    text: str
    tone: Literal["good", "warn", "bad", "plain"] = "plain"
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A card: a question, its answer in lines, and the section of the page that tells more."""

    title: str
    lines: tuple[Line, ...]
    section: str


def glance(region: RegionAssessment, flows: Sequence[JudgedFlow]) -> tuple[Fact, ...]:
    """Return the cards of a region with these flows."""
    inbound = [each for each in flows if each.flow.internet and tier_of(region, each.flow.destination)]
    outbound = [each for each in flows if each.flow.internet and not tier_of(region, each.flow.destination)]
    return (
        Fact(title="In from the Internet", lines=tuple(_in(region, inbound)), section="reachability"),
        Fact(title="Out to the Internet", lines=tuple(_out(region, outbound)), section="reachability"),
        Fact(title="Keeps data", lines=tuple(_kept(region)), section="resources"),
        Fact(title="Acts in the account", lines=tuple(_holders(region)), section="permissions"),
    )


def _in(region: RegionAssessment, flows: list[JudgedFlow]) -> Iterator[Line]:
    lines = {}
    for each in flows:
        everyone = each.from_everyone
        who = "everyone" if everyone else "some public ranges"
        text = f"{_end(region, each.flow.destination)} on {port_words(each.flow)}"
        tone: Literal["bad", "warn", "plain"] = "bad" if each.verdict in _WRONG else "warn" if everyone else "plain"
        lines[text, who] = Line(text=text, tone=tone, note=_note(who, each))
    yield from lines.values() or [Line(text="Nothing is let in", tone="good")]


def _out(region: RegionAssessment, flows: list[JudgedFlow]) -> Iterator[Line]:
    lines = {}
    for each in flows:
        everywhere = is_world(each.flow.destination)
        text = f"{_end(region, each.flow.source)} on {port_words(each.flow)}"
        who = "to anywhere" if everywhere else "to some ranges"
        lines[text, who] = Line(text=text, tone="bad" if each.verdict in _WRONG else "plain", note=_note(who, each))
    yield from lines.values() or [Line(text="Nothing is let out", tone="good")]


def _note(who: str, judged: JudgedFlow) -> str:
    return f"{who}, {judged.verdict}" if judged.verdict in _WRONG else who


def _end(region: RegionAssessment, end: str) -> str:
    tier = tier_of(region, end)
    return end if tier is None else tier_name(tier)


_KEPT = {
    "aws_db_instance": ("database", "databases"),
    "aws_efs_file_system": ("file system", "file systems"),
    "aws_s3_bucket": ("bucket", "buckets"),
    "aws_secretsmanager_secret": ("secret", "secrets"),
    "aws_kms_key": ("key", "keys"),
}


def _kept(region: RegionAssessment) -> Iterator[Line]:
    if region.flattened is None:
        yield Line(text="Not known")
        return
    order = [*_KEPT, *sorted(STATEFUL - _KEPT.keys())]
    stateful = [block for block in blocks(region.flattened, *order) if not block.is_data]
    for type, found in groupby(sorted(stateful, key=lambda block: order.index(block.type)), lambda block: block.type):
        members = list(found)
        kept = all(_prevents_destroy(block.body.get("lifecycle")) for block in members)
        yield Line(text=count(len(members), *_KEPT.get(type, (type, type))), note="never destroyed" if kept else "")


def _prevents_destroy(lifecycle: object) -> bool:
    return isinstance(lifecycle, dict) and lifecycle.get("prevent_destroy") is True


def _holders(region: RegionAssessment) -> Iterator[Line]:
    for kind in ("role", "user", "group"):
        found = [holder for holder in region.holders if holder.kind == kind]
        if found:
            unclear = sum(bool(holder.opaque) for holder in found)
            yield Line(text=count(len(found), kind), tone="warn" if unclear else "plain",
                       note=f"{unclear} with a caveat" if unclear else "")  # fmt: skip
    if not region.holders:
        yield Line(text="Nobody")
