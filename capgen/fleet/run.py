"""Do tasks: in this process, in worker processes, or on a cluster."""

from collections.abc import Callable, Sequence

from capgen.fleet.pool import Outcomes, Told, Work, run_in_pool
from capgen.fleet.task import Task, Verb
from capgen.fleet.work import perform

_LEAST_JUDGED, _LEAST_COMPILED = 3, 8
"""Tasks that are worth a worker of their own: it takes about a second to start one."""

_WRITING = (Verb.BUILD, Verb.COMPILE)
"""What several are done with in a process of its own, even a single one: one that dies leaves half an output."""

Runner = Callable[[Sequence[Task], Told], Outcomes]
"""Yields the outcome of each task as it is ready, and tells when each begins."""


def local_runner(jobs: int, work: Work = perform) -> Runner:
    """Return what does tasks with up to `jobs` processes; a single one, and few that write nothing, in this process."""

    def run(tasks: Sequence[Task], started: Told) -> Outcomes:
        judging = any(task.verb is Verb.BUILD for task in tasks)
        workers = min(jobs, -(-len(tasks) // (_LEAST_JUDGED if judging else _LEAST_COMPILED)))
        if len(tasks) > 1 and (workers > 1 or any(task.verb in _WRITING for task in tasks)):
            preload = "capgen.fleet.preload" if judging else "capgen.fleet.work"
            yield from run_in_pool(work, tasks, workers, started, preload)
            return
        for task in tasks:
            started(task)
            yield work(task)

    return run
