"""Compare both sides of a change by what they compile to."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Literal, cast

from capgen.diagnostics import Diagnostic, in_reading_order
from capgen.fleet.affected.by_specs import changes_by_specs
from capgen.fleet.affected.candidates import specs_on
from capgen.fleet.affected.git import Repository, repository
from capgen.fleet.affected.outputs import changed_deployments, changed_regions
from capgen.fleet.affected.result import Affected, AffectedRegion
from capgen.fleet.affected.side import revision_side, working_side
from capgen.fleet.run import Runner
from capgen.fleet.shard import Shard, shard_of


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
    nowhere = [_nowhere(argument, question) for argument in sorted(before.missing & after.missing)]
    touched = before.touched(changed) | after.touched(changed)
    was = {each.deployment: each for each in before.members(touched) if each.deployment is not None}
    is_now = after.members(touched)
    changes, diagnostics, documents = changes_by_specs(before, after, was, is_now, changed, runner)

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
    told = tuple(in_reading_order([*nowhere, *diagnostics]))
    return Affected(since=question.since, until=question.until, regions=regions, diagnostics=told,
                    documents=tuple(documents))  # fmt: skip


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


def _nowhere(argument: str, question: _Question) -> Diagnostic:
    return Diagnostic(
        rule="affected-nothing",
        message=f"there is no YAML file in {argument}: not at {question.since}, and not {_now(question)}",
        hint="name specs, folders of them or quoted patterns, from the working directory",
    )


def _now(question: _Question) -> str:
    return "in the working tree" if question.until is None else f"at {question.until}"
