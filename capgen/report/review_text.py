"""The judgement of a plan as text for a person: what is dangerous first, the verdict last."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from rich.console import Console
from rich.text import Text

from capgen.compare import AttributeChange, ExposureChange, PermissionChange
from capgen.gate import Kind, PlannedChange, Review, Verdict
from capgen.report.change_words import attribute_in_words, exposure_in_words
from capgen.report.findings import print_findings
from capgen.report.review_words import (
    action_in_words,
    allowance,
    counts_in_words,
    danger_in_words,
    drifted_in_words,
    notes,
    remarks,
    verdict_in_words,
)
from capgen.report.words import count
from capgen.report.wrapped import wrapped
from capgen.validate.words import printable

_MOST = 40
"""Entries of one list that are shown; --format json and --report have all."""

_STYLES = {Verdict.PASSED: "bold green", Verdict.REFUSED: "bold red", Verdict.UNUSABLE: "bold red",
           Verdict.DANGEROUS: "bold red"}  # fmt: skip
_KINDS = {Kind.DESTROY: "red", Kind.REPLACE: "red", Kind.FORGET: "yellow", Kind.UPDATE: "yellow", Kind.CREATE: "green"}


def print_review(console: Console, review: Review, *, reported: bool = False) -> None:
    """Print a judgement. On a terminal, sentences are wrapped; addresses never are, so that they can be copied."""
    if review.readable:
        for line in _lines(console, review):
            console.print(line, soft_wrap=True)
        print_findings(console, review.assessment, reported=reported)
        console.print()
        for line in _notes(console, review):
            console.print(line, soft_wrap=True)
    label = Text(f"{printable(review.plan)}: ", style=_STYLES[review.verdict])
    for line in wrapped(label, Text(verdict_in_words(review), style=_STYLES[review.verdict]), console):
        console.print(line, soft_wrap=True)


def _lines(console: Console, review: Review) -> Iterator[Text]:
    yield Text(f"{printable(review.region.region)}: {counts_in_words(review.changes)}", style="bold")
    yield Text()
    yield from _section("Dangerous", list(_dangers(console, review)), style="bold red", most=None)
    yield from _section("Resources", [_change(console, change) for change in review.changes])
    yield from _section("Exposure", [_exposed(console, change) for change in review.region.exposure])
    yield from _section("Permissions", list(_permissions(console, review.region.permissions)))
    yield from _section("Drift: changed outside Terraform", list(_drift(console, review)), style="bold yellow")
    yield from _section("Outputs", [[Text(f"  {printable(each.name)}: {each.action}")] for each in review.outputs])
    yield from _section(
        "Not judged",
        [[Text(f"  {printable(each.address)}  {printable(each.argument)}")] for each in review.unjudged],
    )


def _section(title: str, entries: list[list[Text]], *, style: str = "bold", most: int | None = _MOST) -> Iterator[Text]:
    if not entries:
        return
    yield Text(title, style=style)
    for entry in entries[:most]:
        yield from entry
    if most is not None and len(entries) > most:
        yield Text(f"  and {len(entries) - most:,} more: see --format json or --report", style="dim")
    yield Text()


def _dangers(console: Console, review: Review) -> Iterator[list[Text]]:
    for danger in review.dangers:
        style = "dim" if danger.allowed else "red"
        said = danger_in_words(danger) + (" (allowed)" if danger.allowed else "")
        lines = list(wrapped(Text("  "), Text(printable(said), style=style), console))
        if not danger.allowed:
            lines.append(Text(f"    {printable(allowance(danger))}", style="dim"))
        yield lines


def _change(console: Console, change: PlannedChange) -> list[Text]:
    lines = [
        Text.assemble(
            "  ", (f"{action_in_words(change):<8}", _KINDS.get(change.kind, "dim")), f" {printable(change.shown)}"
        )
    ]
    for remark in remarks(change):
        lines += wrapped(Text("           "), Text(printable(remark), style="dim"), console)
    lines += _attributes(console, change.attributes, "           ")
    return lines


def _attributes(console: Console, attributes: Iterable[AttributeChange], indent: str) -> Iterator[Text]:
    found = list(attributes)
    for attribute in found[:_MOST]:
        style = "red" if attribute.forces_replacement else ""
        yield from wrapped(Text(indent), Text(printable(attribute_in_words(attribute)), style=style), console)
    if len(found) > _MOST:
        yield Text(f"{indent}and {len(found) - _MOST:,} more", style="dim")


def _exposed(console: Console, change: ExposureChange, after: str = "") -> list[Text]:
    worst = change.opened and change.world
    style = "bold red" if worst else "yellow" if change.opened else "green"
    label = Text.assemble("  ", (f"{'opened' if change.opened else 'closed':<8}", style), " ")
    said = exposure_in_words(change) + (", the whole Internet" if worst else "") + after
    lines = list(wrapped(label, Text(printable(said)), console))
    return [*lines, *(Text(f"           {printable(rule)}", style="dim") for rule in change.flow.rules)]


def _permissions(console: Console, changes: Iterable[PermissionChange]) -> Iterator[list[Text]]:
    for holder, found in groupby(changes, key=lambda change: change.holder):
        for number, change in enumerate(found):
            heading = [] if number else [Text(f"  {printable(holder)}")]
            yield [*heading, *_permission(console, change)]


def _permission(console: Console, change: PermissionChange, after: str = "") -> list[Text]:
    style = "yellow" if change.gained == (change.effect == "Allow") else "green"
    label = Text.assemble("    ", (f"{'gained' if change.gained else 'lost':<6}", style), " ")
    return list(wrapped(label, Text(printable(change.words + after)), console))


def _drift(console: Console, review: Review) -> Iterator[list[Text]]:
    drift = review.drift
    for resource in drift.resources:
        yield [
            Text(f"  {printable(resource.address)}"),
            *wrapped(Text("           "), Text(drifted_in_words(resource), style="dim"), console),
            *_attributes(console, resource.attributes, "           "),
        ]
    for change in drift.exposure:
        yield _exposed(console, change, ", and the plan leaves it open" if change in drift.stays else "")
    for each in drift.permissions:
        left = " The plan leaves it so." if each in drift.kept else ""
        yield [Text(f"  {printable(each.holder)}"), *_permission(console, each, left)]


def _notes(console: Console, review: Review) -> Iterator[Text]:
    found = list(notes(review))
    for note in found:
        yield from wrapped(Text("note: ", style="bold blue"), Text(printable(note)), console)
    if found:
        yield Text()
    allowed = sum(danger.allowed for danger in review.dangers)
    if allowed:
        yield Text(f"{count(allowed, 'dangerous change')} allowed by --allow", style="yellow")
