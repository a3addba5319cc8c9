"""Read a file of waivers that several specs share."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from capgen.diagnostics import Diagnostic, did_you_mean, has_errors, in_reading_order
from capgen.findings import Waiver
from capgen.findings.waiver import matches
from capgen.load import Document, SpecPath, dotted, load_file
from capgen.model.day import DAY_ALLOWED, day, day_hint
from capgen.region_facts import listed_regions, table_date
from capgen.validate import WAIVERS, validate_document

_EVERYWHERE = ("*",)


def read_waiver_file(path: Path) -> tuple[tuple[Waiver, ...], list[Diagnostic]]:
    """Read a file as `schemas/waivers.schema.json` describes it. It gives no waiver when anything is wrong with it."""
    document, diagnostics = load_file(path)
    if document is not None and not has_errors(diagnostics):
        diagnostics += validate_document(document, WAIVERS)
    if document is None or has_errors(diagnostics):
        return (), in_reading_order(diagnostics)
    entries: list[Mapping[str, Any]] = document.data["waivers"]
    problems = in_reading_order([*_wrong_days(document, entries), *_repetitions(document, entries),
                                 *_unknown_regions(document, entries)])  # fmt: skip
    if problems:
        return (), problems
    return tuple(_waiver(document, entry, index) for index, entry in enumerate(entries)), []


def _waiver(document: Document, entry: Mapping[str, Any], index: int) -> Waiver:
    return Waiver(
        check=entry["check"],
        resource=entry["resource"],
        owner=entry["owner"],
        reason=entry["reason"],
        expires=day(entry["expires"]),
        deployments=tuple(entry.get("deployments", _EVERYWHERE)),
        regions=tuple(entry.get("regions", _EVERYWHERE)),
        place=document.value_at(("waivers", index, "check")),
    )


def _wrong_days(document: Document, entries: list[Mapping[str, Any]]) -> Iterator[Diagnostic]:
    for index, entry in enumerate(entries):
        if day(entry["expires"]) is None:
            yield _problem(
                document, "policy-expires", ("waivers", index, "expires"), f"there is no day {entry['expires']}",
                value=entry["expires"], allowed=DAY_ALLOWED, hint=day_hint(entry["expires"]),
            )  # fmt: skip


def _repetitions(document: Document, entries: list[Mapping[str, Any]]) -> Iterator[Diagnostic]:
    """Refuse two waivers of one check for one resource in the same scope."""
    first: dict[tuple[Any, ...], int] = {}
    for index, entry in enumerate(entries):
        scope = (frozenset(entry.get(key, _EVERYWHERE)) for key in ("deployments", "regions"))
        accepted = (entry["check"], entry["resource"], *scope)
        if accepted in first:
            line = document.value_at(("waivers", first[accepted])).line
            yield _problem(
                document, "policy-distinct-waivers", ("waivers", index, "resource"),
                f"{entry['check']} is waived twice for {entry['resource']}: first in line {line}",
                value=entry["resource"],
                hint="keep one of the two: the longer one would hide that the other has expired",
            )  # fmt: skip
        first.setdefault(accepted, index)


def _unknown_regions(document: Document, entries: list[Mapping[str, Any]]) -> Iterator[Diagnostic]:
    """Refuse a pattern that no AWS region matches: the waiver would never be in scope, and nobody would notice."""
    known = listed_regions()
    for index, entry in enumerate(entries):
        for item, pattern in enumerate(entry.get("regions", [])):
            if not any(matches(pattern, region) for region in known):
                yield _problem(
                    document, "deployment-known-region", ("waivers", index, "regions", item),
                    f"no AWS region matches {pattern}",
                    value=pattern,
                    allowed=f"one of the {len(known)} regions that AWS had on {table_date()}, or a pattern",
                    hint=did_you_mean(pattern, known),
                )  # fmt: skip


def _problem(
    document: Document,
    rule: str,
    path: SpecPath,
    message: str,
    *,
    value: str,
    allowed: str | None = None,
    hint: str | None = None,
) -> Diagnostic:
    return Diagnostic(rule=rule, message=message, location=document.value_at(path), path=dotted(path), value=value,
                      allowed=allowed, hint=hint)  # fmt: skip
