"""What is kept between runs, and for how long."""

import os
import time
from pathlib import Path

from capgen.fleet.store import Store, key_of

DAY = 24 * 60 * 60


def _age(file: Path, days: int) -> None:
    then = time.time() - days * DAY
    os.utime(file, (then, then))


def test_an_entry_that_nothing_has_asked_for_in_a_month_is_removed_and_nothing_else(tmp_path: Path) -> None:
    store, (old, asked, young) = Store(tmp_path), (key_of(name) for name in ("old", "asked", "young"))
    for key in (old, asked, young):
        store.put("spec", key, {"name": key})
    begun = tmp_path / "spec" / old[:2] / "x.staged"
    theirs = [tmp_path / "letters/2024/a.json", tmp_path / "letters/ab/b.txt"]
    for file in (begun, *theirs):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("{}")
    for file in [each for each in tmp_path.rglob("*") if each.is_file()]:
        _age(file, 31)
    _age(tmp_path / "spec" / young[:2] / f"{young}.json", 29)
    assert store.get("spec", asked) == {"name": asked}
    store.prune()
    assert [store.get("spec", key) is not None for key in (old, asked, young)] == [False, True, True]
    assert not begun.exists()
    assert all(file.is_file() for file in theirs), "the user may have named any folder"


def test_without_a_folder_nothing_is_kept() -> None:
    store = Store(None)
    store.put("spec", key_of("a"), {})
    assert store.get("spec", key_of("a")) is None
    store.prune()
