"""Compare both sides of a change by what they compile to."""

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, cast

from capgen.diagnostics import Diagnostic, in_reading_order
from capgen.fleet.affected.candidates import Specs, specs_on
from capgen.fleet.affected.git import Repository, repository
from capgen.fleet.affected.outputs import changed_deployments, changed_regions
from capgen.fleet.affected.result import Affected, AffectedRegion
from capgen.fleet.affected.side import revision_side, working_side
from capgen.fleet.outcome import Outcome, Status
from capgen.fleet.run import Runner
from capgen.fleet.shard import Shard, shard_of
from capgen.fleet.survey import Member
from capgen.fleet.task import Task, Verb
from capgen.load import Document
from capgen.pipeline import validate_loaded

Changes = dict[tuple[str, str], str]
"""Deployment and region to `added`, `changed` or `deleted`."""


@dataclass(frozen=True)
class _Question:
    arguments: Sequence[str]
    out: Path
    since: str
    until: str | None
    here: Path
    shard: Shard | None


def affected(
    arguments: Sequence[str], out: Path, since: str, until: str | None, runner: Runner, shard: Shard | None = None
) -> Affected:
    """Return the regions whose output differs between a revision and the working tree, or another revision.

    Output is what the specs compile to, and what is committed of it. Raises GitError where git cannot say, and OSError
    when the disk fails.
    """
    question = _Question(arguments, out, since, until, Path.cwd(), shard)
    found = repository(question.here)
    old, new = found.commit(since), found.commit(until) if until is not None else None
    changed = found.changed(old, new)
    with TemporaryDirectory(prefix="capgen-affected-") as folder:
        return _compared(question, found, (old, new), changed, Path(folder), runner)


def _compared(
    question: _Question,
    repository: Repository,
    commits: tuple[str, str | None],
    changed: frozenset[str],
    folder: Path,
    runner: Runner,
) -> Affected:
    since, until = commits
    old = revision_side(repository, since, folder / "old")
    new = working_side(repository) if until is None else revision_side(repository, until, folder / "new")
    before, after = (specs_on(side, question.arguments, question.here) for side in (old, new))
    touched = before.touched(changed) | after.touched(changed)
    was = {each.deployment: each for each in before.members(touched) if each.deployment is not None}
    is_now = after.members(touched)
    changes, diagnostics, documents = _by_specs(before, after, was, is_now, changed, runner)

    out = Path(os.path.relpath(question.here / question.out, repository.top)).as_posix()
    outputs = set() if out.startswith("..") else changed_deployments(changed, "" if out == "." else out)
    if outputs:
        known = {each.deployment for each in after.members()} | {each.deployment for each in before.members()}
        for name in sorted(outputs & {each for each in known if each is not None}):
            directory = name if out == "." else f"{out}/{name}"
            for region, change in changed_regions(old, new, directory).items():
                changes.setdefault((name, region), change)
    mine = _in_shard(question, {name for name, _ in changes})
    regions = tuple(sorted(_region(question, key, change) for key, change in changes.items() if key[0] in mine))
    return Affected(since=question.since, until=question.until, regions=regions,
                    diagnostics=tuple(in_reading_order(diagnostics)), documents=tuple(documents))  # fmt: skip


def _by_specs(
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


def _in_shard(question: _Question, names: set[str]) -> set[str]:
    """Deal those deployments that a change touches: so the machines have equal shares of the work that there is."""
    if question.shard is None:
        return names
    dealt = shard_of(names, question.shard.count)
    return {name for name in names if dealt[name] == question.shard.number}


def _region(question: _Question, key: tuple[str, str], change: str) -> AffectedRegion:
    deployment, region = key
    kind = cast("Literal['added', 'changed', 'deleted']", change)
    directory = (question.out / deployment / region).as_posix()
    return AffectedRegion(deployment=deployment, region=region, directory=directory, change=kind)
