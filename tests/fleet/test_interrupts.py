"""Ctrl-C, where it must not cut what starts and ends processes in two."""

import os
import signal
import sys
from pathlib import Path
from threading import Thread
from types import SimpleNamespace
from typing import Any, NoReturn

import jsii
import pytest

from capgen.__main__ import main
from capgen.fleet.interrupts import held_back
from tests.fleet.specs import run, statuses, write_spec


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_what_comes_meanwhile_is_answered_afterwards(number: signal.Signals) -> None:
    class AnsweredError(Exception):
        pass

    def answer(*_: object) -> NoReturn:
        raise AnsweredError

    done = []

    def interrupted_twice() -> None:
        with held_back():
            os.kill(os.getpid(), number)
            os.kill(os.getpid(), number)
            done.append("all of it")

    before = signal.signal(number, answer)
    try:
        with pytest.raises(AnsweredError):
            interrupted_twice()
        assert signal.getsignal(number) is answer
    finally:
        signal.signal(number, before)
    assert done == ["all of it"]


def test_a_thread_holds_nothing_back() -> None:
    done = []

    def hold() -> None:
        with held_back():
            done.append(signal.getsignal(signal.SIGINT))

    thread = Thread(target=hold)
    thread.start()
    thread.join()
    assert done == [signal.getsignal(signal.SIGINT)]


def test_an_interrupt_while_the_command_is_imported_ends_it_like_any_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted() -> NoReturn:
        raise KeyboardInterrupt

    monkeypatch.setitem(sys.modules, "capgen.cli.main", SimpleNamespace(main=interrupted))
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 130


def test_a_worker_keeps_nothing_of_what_it_has_done_in_the_memory_of_node(here: Path) -> None:
    write_spec(here / "specs/a.yaml", "cap-a")
    assert statuses(run(here)) == {"cap-a": "built"}
    kernel: Any = jsii.kernel  # Any: it has no types
    assert kernel.stats().object_count == 0
