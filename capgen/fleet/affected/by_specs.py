"""What a change does to what specs compile to."""

from collections.abc import Mapping, Sequence

from capgen.diagnostics import Diagnostic
from capgen.fleet.affected.candidates import Specs
from capgen.fleet.outcome import Outcome, Status
from capgen.fleet.run import Runner
from capgen.fleet.survey import Member
from capgen.fleet.task import Task, Verb
from capgen.load import Document
from capgen.pipeline import validate_loaded

Changes = dict[tuple[str, str], str]
"""Deployment and region to `added`, `changed` or `deleted`."""


def changes_by_specs(
    before: Specs,
    after: Specs,
    was: Mapping[str, Member],
    is_now: Sequence[Member],
    changed: frozenset[str],
    runner: Runner,
) -> tuple[Changes, list[Diagnostic], list[Document | None]]:
    """Compare what specs compile to. One that did not compile before counts as changed in every region."""
    paired = [
        (old, new)
        for old, new in ((was.get(each.deployment or ""), each) for each in is_now)
        if after.depends_on(new, changed) or (old is not None and before.depends_on(old, changed))
    ]
    diagnostics = [told for _, each in paired if each.refused
                   for told in validate_loaded(each.document, each.told).diagnostics]  # fmt: skip
    documents = [each.document for _, each in paired if each.refused]
    good = [(old, new) for old, new in paired if not new.refused]
    tasks = [_task("new", new) for _, new in good]
    tasks += [_task("old", old) for old, _ in good if old is not None and not old.refused]
    found = {outcome.spec: outcome for outcome in runner(tasks, lambda _: None)}
    changes: Changes = {}
    for old, new in good:
        outcome = found[f"new {new.path}"]
        if outcome.status is Status.FAILED:
            diagnostics += outcome.diagnostics
            documents.append(outcome.document)
            continue
        then = _digests(found.get(f"old {old.path}")) if old is not None else {}
        changes |= _differences(str(new.deployment), then, outcome.region_digests or {})
    return changes | _gone(after, was, is_now), diagnostics, documents


def _task(side: str, member: Member) -> Task:
    assert member.document is not None
    assert member.deployment is not None
    return Task(verb=Verb.DIGEST, spec=f"{side} {member.path}", deployment=member.deployment, path=str(member.path),
                document=member.document, told=member.told, out="")  # fmt: skip


def _digests(outcome: Outcome | None) -> Mapping[str, str]:
    """Return the digests of a side's regions; unknown ones differ from every other."""
    if outcome is not None and outcome.region_digests is not None:
        return outcome.region_digests
    document = outcome.document if outcome is not None else None
    names = document.data.get("regions") if document is not None and isinstance(document.data, dict) else None
    return dict.fromkeys(map(str, names), "unknown") if isinstance(names, dict) else {}


def _differences(deployment: str, old: Mapping[str, str], new: Mapping[str, str]) -> Changes:
    changes: Changes = {(deployment, region): "deleted" for region in old.keys() - new.keys()}
    for region, digest in new.items():
        if old.get(region) != digest:
            changes[deployment, region] = "changed" if region in old else "added"
    return changes


def _gone(after: Specs, was: Mapping[str, Member], is_now: Sequence[Member]) -> Changes:
    """Return the regions of deployments that no spec has any more."""
    gone = {name: member for name, member in was.items() if name not in {each.deployment for each in is_now}}
    if gone:
        still = {each.deployment for each in after.members()}
        gone = {name: member for name, member in gone.items() if name not in still}
    return {
        (str(name), str(region)): "deleted"
        for name, member in gone.items()
        if member.document is not None and isinstance(member.document.data.get("regions"), dict)
        for region in member.document.data["regions"]
    }
