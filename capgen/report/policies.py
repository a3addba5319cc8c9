"""What capgen judges by, as text for people and as data for machines."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from rich.console import Console
from rich.text import Text

from capgen.findings import FindingSeverity
from capgen.reach.differences import TITLES
from capgen.report.findings import SEVERITY_STYLES
from capgen.report.wrapped import wrapped
from capgen.scan.checks import Check, describe, stock_checks
from capgen.scan.policies import POLICIES
from capgen.scan.policies.example import Edit, Example, example_of

_TYPES = {policy.id: policy.types for policy in POLICIES}
_REACHABILITY = "The reachability proof finds it: who can reach what, held against what the spec intends."


def known_policies() -> tuple[str, ...]:
    """Return the ids of capgen's policies, of its reachability proof, and of the stock checks that apply."""
    return (*_TYPES, *TITLES, *stock_checks())


def policies_document() -> dict[str, Any]:
    """Return all of capgen's policies and the stock checks that apply, without examples."""
    return {
        "policies": [_told(id, describe(id)) for id in _TYPES],
        "reachability": [_told(id, describe(id)) for id in TITLES],
        "stock": [_told(id, check) for id, check in stock_checks().items()],
    }


def policy_document(id: str) -> dict[str, Any]:
    """Return everything about one check. Its id must be a known one."""
    document = _told(id, describe(id))
    if id not in _TYPES:
        return document
    example = example_of(id)
    edits = [{"file": edit.file, "at": edit.at} | _change(edit) for edit in example.edits]
    bad = {"spec": example.bad, "address": example.address, "edits": edits}
    return {**document, "types": list(_TYPES[id]), "good": {"spec": example.good}, "bad": bad}


def print_policies(console: Console) -> None:
    """Print a line for each policy of capgen, and count the stock checks."""
    label = max(map(len, _TYPES)) + 2
    for id in _TYPES:
        check = describe(id)
        head = Text.assemble(id.ljust(label), (f"{check.severity:<10}", SEVERITY_STYLES[check.severity]))
        _print(console, wrapped(head, Text(check.title), console))
    for id, title in TITLES.items():
        _print(console, wrapped(Text.assemble(id.ljust(label), ("by flow".ljust(10), "dim")), Text(title), console))
    stock = stock_checks()
    severities = Counter(check.severity for check in stock.values())
    counts = ", ".join(f"{severities[each]} {each}" for each in FindingSeverity if severities[each])
    console.print(f"\n{len(stock)} checks of checkov apply as well: {counts}.", soft_wrap=True)
    console.print(Text("capgen policies ID tells all about one of either.", style="dim"), soft_wrap=True)


def print_policy(console: Console, id: str) -> None:
    """Print everything about one check. Its id must be a known one."""
    check = describe(id)
    _print(console, [Text.assemble((id, "bold"), "  ", (str(check.severity), SEVERITY_STYLES[check.severity]))])
    _print(console, wrapped(Text(), Text(check.title), console))
    _print(console, [Text()])
    facts = {"why": check.rationale, "fix": check.fix, "spec": check.spec, "on": ", ".join(_TYPES.get(id, ())),
             "link": check.link}  # fmt: skip
    facts |= {"how": _REACHABILITY} if id in TITLES else {}
    for name, text in facts.items():
        if text:
            _print(console, wrapped(Text(f"{name:<6}", style="dim"), Text(text), console))
    if id in _TYPES:
        _print(console, _example(example_of(id)))


def _print(console: Console, lines: Iterator[Text] | list[Text]) -> None:
    for line in lines:
        console.print(line, soft_wrap=True)


def _example(example: Example) -> Iterator[Text]:
    yield from _spec("A good spec", "green", example.good)
    yield from _spec(f"A bad spec: {example.address} fails", "red", example.bad)
    if example.edits:
        yield Text("\nwith this change to what it compiles to", style="red")
    for edit in example.edits:
        yield Text(f"  {edit.file}\n  {edit.at}", style="dim")
        yield from (Text(f"    {name:<7} {value}") for name, value in _change(edit).items())


def _spec(title: str, style: str, spec: str) -> Iterator[Text]:
    yield Text(f"\n{title}", style=style)
    yield from (Text(f"  {line}", style="dim" if line.startswith("#") else "") for line in spec.splitlines())


def _change(edit: Edit) -> dict[str, Any]:
    if edit.text is not None:
        return {"text": edit.text, "becomes": edit.by}
    return {"removed": True} if edit.value is None else {"becomes": edit.value}


def _told(id: str, check: Check) -> dict[str, Any]:
    return {"id": id, "title": check.title, "severity": str(check.severity), "rationale": check.rationale,
            "fix": check.fix, "spec": check.spec, "link": check.link}  # fmt: skip
