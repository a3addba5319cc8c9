"""What a cluster is sent and asked, with a client that does the tasks in this process."""

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from capgen.fleet import cluster, parcel
from capgen.fleet.cluster import cluster_runner
from capgen.fleet.compiler import compiler_digest
from capgen.fleet.outcome import Outcome, Status
from capgen.fleet.parcel import delivered, packed
from capgen.fleet.run import Runner
from capgen.fleet.task import Task, Verb
from capgen.fleet.work import failed
from tests.fleet.specs import run, statuses, write_spec
from tests.terms import TERMS

REGION = "out/cap-a/eu-west-1"


def task(name: str, verb: Verb = Verb.BUILD) -> Task:
    """Return a task whose spec is so small that it is only packed."""
    Path(f"{name}.yaml").write_text(f"name: {name}\n")
    terms = TERMS if verb is Verb.BUILD else None
    return Task(verb=verb, spec=f"{name}.yaml", deployment=name, path=f"{name}.yaml", out="out", terms=terms)


@pytest.fixture
def joining(monkeypatch: pytest.MonkeyPatch) -> Callable[[Sequence[int]], Runner]:
    """Return what makes the runner of a cluster that has so many threads, each time that it is asked."""

    def make(threads: Sequence[int]) -> Runner:
        answers: Iterator[int] = iter(threads)
        last = threads[-1]

        def submit(function: Callable[[Task], Any], parcel: Task) -> Future[Any]:
            future: Future[Any] = Future()
            future.set_result(function(parcel))
            return future

        executor = SimpleNamespace(submit=submit, shutdown=lambda: None)
        client = SimpleNamespace(get_executor=lambda **_: executor, close=lambda: None,
                                 nthreads=lambda: {"tcp://worker": next(answers, last)})  # fmt: skip
        module = SimpleNamespace(Client=lambda *_, **__: client)
        monkeypatch.setattr(cluster, "import_module", lambda _: module)
        return cluster_runner("scheduler:8786")

    return make


@pytest.fixture
def idle(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the workers do nothing."""
    monkeypatch.setattr(cluster, "perform_elsewhere", lambda parcel: (compiler_digest(), failed(parcel)))


@pytest.mark.usefixtures("here", "idle")
def test_workers_that_come_later_get_tasks_too(joining: Callable[[Sequence[int]], Runner]) -> None:
    tasks = [task(f"cap-{index}", Verb.COMPILE) for index in range(10)]
    begun: list[str] = []
    at_each_outcome = [len(begun) for _ in joining([0, 4])(tasks, lambda each: begun.append(each.deployment))]
    assert at_each_outcome == [2, 2, *[10] * 8]


@pytest.mark.usefixtures("idle")
def test_a_disk_that_fails_one_deployment_fails_no_other(
    here: Path, joining: Callable[[Sequence[int]], Runner], monkeypatch: pytest.MonkeyPatch
) -> None:
    tasks = [task("cap-a"), task("cap-b")]
    for each in tasks:
        (here / "out" / each.deployment).mkdir(parents=True)
    monkeypatch.setattr(parcel, "tree_state", _fails_on_a)
    outcomes = {each.deployment: each for each in joining([1])(tasks, lambda _: None)}
    assert [each.rule for each in outcomes["cap-a"].diagnostics] == ["disk"]
    assert outcomes["cap-b"].diagnostics == ()


def test_a_disk_that_fails_after_the_judgement_fails_the_task(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parcel, "tree_state", _fails_on_a)
    judged = Outcome(spec="cap-a.yaml", deployment="cap-a", status=Status.UNCHANGED, directory=str(here / "out/cap-a"))
    assert [each.rule for each in delivered(task("cap-a"), judged).diagnostics] == ["disk"]


def _fails_on_a(directory: Path) -> dict[str, str]:
    if directory.name == "cap-a":
        raise PermissionError(13, "Permission denied", str(directory / "x"))
    return {}


def test_what_cannot_be_sent_is_not_passed_over(
    here: Path, joining: Callable[[Sequence[int]], Runner], monkeypatch: pytest.MonkeyPatch
) -> None:
    write_spec(here / "specs/a.yaml", "cap-a")
    run(here)
    override = here / REGION / "open_override.tf.json"
    override.write_text('{"resource": {}}')
    whole = Task(verb=Verb.BUILD, spec="specs/a.yaml", deployment="cap-a", path="specs/a.yaml", out="out", terms=TERMS)
    sent = packed(whole)
    assert isinstance(sent, Task)
    assert sent.beside == {"eu-west-1/open_override.tf.json": b'{"resource": {}}'}

    override.rename(here / "shared.tf.json")
    override.symlink_to(here / "shared.tf.json")
    found = run(here, verb=Verb.BUILD, terms=TERMS, runner=joining([1]))
    assert statuses(found) == {"cap-a": "failed"}
    (told,) = found.all_diagnostics
    assert told.rule == "fleet-not-sent"
    assert f"{REGION}/open_override.tf.json is a symbolic link" in told.message
    assert "put the file itself in its place" in (told.hint or "")
    assert statuses(run(here, force=True, runner=joining([1]))) == {"cap-a": "built"}  # nothing reads it

    override.unlink()
    override.write_text("{}" + " " * 99)
    monkeypatch.setattr(parcel, "_LARGEST", 100)
    large = packed(whole)
    assert isinstance(large, Outcome)
    assert f"{REGION}/open_override.tf.json is larger than" in large.diagnostics[0].message
