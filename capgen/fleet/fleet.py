"""Do something with many specs: what is known to be done is passed over, and a spec that fails fails alone."""

from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from typing import Protocol

from capgen.fleet.find import Found
from capgen.fleet.known import Known, policies_digest
from capgen.fleet.options import Options
from capgen.fleet.orphans import orphan_told, orphans_of
from capgen.fleet.outcome import Outcome, Status
from capgen.fleet.result import Fleet
from capgen.fleet.run import Runner
from capgen.fleet.shard import shard_of
from capgen.fleet.store import Store, key_of
from capgen.fleet.survey import Member, survey
from capgen.fleet.task import Task, Verb
from capgen.fleet.tree import as_written, tree_state
from capgen.pipeline import validate_loaded


class NoSpecError(Exception):
    """None of the files is a spec."""


class Watch(Protocol):
    """Is told how a fleet gets on."""

    def total(self, count: int) -> None:
        """Learn how many deployments there are."""

    def started(self, name: str) -> None:
        """Learn that work on one begins."""

    def finished(self, name: str) -> None:
        """Learn that one is done, or needed nothing."""


def run_fleet(found: Found, options: Options, runner: Runner, store: Store, watch: Watch) -> Fleet:
    """Do what the options say with every spec among files.

    Raises NoSpecError where there is none, and OSError only for what concerns the whole fleet.
    """
    policies = policies_digest(options.terms.policies if options.terms else None)
    known = Known(store, policies)
    surveyed = survey(found.files, (lambda _: None) if options.force else known.spec, keep=False)
    if not surveyed.members:
        raise NoSpecError
    members = _in_shard(surveyed.members, options)
    watch.total(len(members))
    outcomes: list[Outcome] = []
    tasks: list[Task] = []
    for member in members:
        done = _without_work(member, options, known)
        if isinstance(done, Task):
            tasks.append(done)
        else:
            outcomes.append(done)
            watch.finished(done.deployment or done.spec)
    with closing(runner(tasks, lambda task: watch.started(task.deployment))) as ready:
        for outcome in ready:
            if outcome.status is not Status.FAILED:
                known.learn(outcome)
            outcomes.append(_kept(outcome, options))
            watch.finished(outcome.deployment or outcome.spec)
    store.prune()
    ordered = tuple(sorted(outcomes, key=lambda outcome: outcome.spec))
    without_spec = orphans_of(found, surveyed.members, options)
    told = (*surveyed.diagnostics, *(orphan_told(options.out / name) for name in without_spec))
    fleet = Fleet(options=options, outcomes=ordered, diagnostics=told, orphans=without_spec)
    if options.terms is None:
        return fleet
    from capgen.fleet.together import assess_together

    passed = {judged.assessment.name: judged.passed for outcome in ordered for judged in outcome.regions}
    without = tuple(replace(outcome, regions=()) for outcome in ordered)
    return replace(fleet, outcomes=without, passed=passed, assessment=assess_together(ordered, options))


def _in_shard(members: Sequence[Member], options: Options) -> list[Member]:
    if options.shard is None:
        return list(members)
    dealt = shard_of((_identity(member) for member in members), options.shard.count)
    return [member for member in members if dealt[_identity(member)] == options.shard.number]


def _identity(member: Member) -> str:
    return member.deployment or member.path.as_posix()


def _without_work(member: Member, options: Options, known: Known) -> Outcome | Task:
    """Return what becomes of a spec where that is known already, else what is to be done with it."""
    if member.refused:
        found = validate_loaded(member.document, member.told).diagnostics
        return Outcome(spec=str(member.path), deployment=member.deployment, status=Status.FAILED, diagnostics=found,
                       document=member.document)  # fmt: skip
    if member.known is None or member.deployment is None:
        return _task(member, options)
    directory = options.out / member.deployment
    try:
        state = tree_state(directory)
    except OSError:
        return _task(member, options)
    if state is None or not as_written(state, directory, member.known.manifest):
        return _task(member, options)
    outcome = Outcome(spec=str(member.path), deployment=member.deployment, status=Status.UNCHANGED,
                      directory=directory.as_posix(), diagnostics=member.known.diagnostics)  # fmt: skip
    if options.verb is not Verb.BUILD:
        return outcome
    regions = None if options.whole else known.regions(member.known, key_of(state))
    return _task(member, options, write=False) if regions is None else replace(outcome, regions=regions)


def _task(member: Member, options: Options, *, write: bool = True) -> Task:
    assert member.deployment is not None
    return Task(verb=options.verb, spec=str(member.path), deployment=member.deployment, path=str(member.path),
                out=str(options.out), terms=options.terms, write=write, whole=options.whole)  # fmt: skip


def _kept(outcome: Outcome, options: Options) -> Outcome:
    """Let go of what nothing asks for any more, and share what findings have in common: a fleet has thousands."""
    from_worker = outcome.regions
    if from_worker and not options.whole:
        from capgen.fleet.plain import JudgedRegion, slim

        from_worker = tuple(JudgedRegion(assessment=slim(each.assessment), passed=each.passed) for each in from_worker)
    document = outcome.document if outcome.diagnostics else None
    return replace(outcome, regions=from_worker, document=document, told=(), texts=None, files=None)
