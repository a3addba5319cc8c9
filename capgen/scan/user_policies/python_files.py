"""Run the Python files of a folder of checks, and collect the checks that they make.

This is the user's own code, and it may do whatever the user may. What it prints goes to standard error, since standard
output is the machine's.
"""

import importlib.util
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, redirect_stdout
from importlib import import_module, invalidate_caches
from pathlib import Path
from types import ModuleType
from typing import Any

from capgen.diagnostics import Diagnostic
from capgen.scan.user_policies.error import problem

Made = tuple[Any, Any, str]
"""A registry of checkov, a check that was made for it, and the file that made it."""


@contextmanager
def run_files(files: Sequence[Path]) -> Iterator[tuple[list[Made], list[Diagnostic]]]:
    """Run the files, and return what they made and what went wrong.

    A file may import its neighbours. Within the context the checks may still import; after it, the process knows
    nothing of the files.
    """
    path, modules, bytecode = list(sys.path), set(sys.modules), sys.dont_write_bytecode
    folders = {file.parent.resolve() for file in files}
    sys.path[1:1] = sorted(map(str, folders))
    sys.dont_write_bytecode = True
    invalidate_caches()
    try:
        yield _made_by(files)
    finally:
        sys.path[:], sys.dont_write_bytecode = path, bytecode
        for name in [name for name, module in sys.modules.items() if name not in modules and _is_in(module, folders)]:
            del sys.modules[name]


def _made_by(files: Sequence[Path]) -> tuple[list[Made], list[Diagnostic]]:
    made: list[tuple[Any, Any]] = []
    origins: list[str] = []
    problems = []
    for file in files:
        with _collected(made), redirect_stdout(sys.stderr):
            try:
                _run(file)
            except (Exception, SystemExit) as error:  # noqa: BLE001 - a file may raise anything
                problems.append(_refused(file, error))
        origins += [str(file)] * (len(made) - len(origins))
    return [(registry, check, origin) for (registry, check), origin in zip(made, origins, strict=True)], problems


def _run(file: Path) -> None:
    loaded = sys.modules.get(file.stem)
    if loaded is not None and Path(getattr(loaded, "__file__", None) or "/").resolve() == file.resolve():
        return  # a neighbour has imported it
    name = file.stem if loaded is None else f"capgen_policies_{file.stem}"
    spec = importlib.util.spec_from_file_location(name, file.resolve())
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)


@contextmanager
def _collected(made: list[tuple[Any, Any]]) -> Iterator[None]:
    """Keep checks that are made out of checkov's registries, where they would stay for good.

    Those that checkov itself makes, since a file imports a part of it that was not imported before, are not the user's.
    """
    registry = import_module("checkov.common.checks.base_check_registry").BaseCheckRegistry
    register = registry.register

    def collect(this: Any, check: Any) -> None:
        if type(check).__module__.startswith("checkov."):
            register(this, check)
        else:
            made.append((this, check))

    registry.register = collect
    try:
        yield
    finally:
        registry.register = register


def _refused(file: Path, error: BaseException) -> Diagnostic:
    here = str(file.resolve())
    frames = [frame.lineno for frame in traceback.extract_tb(error.__traceback__) if frame.filename == here]
    if isinstance(error, SyntaxError) and error.filename == here:
        frames.append(error.lineno)
    message = f"{file.name} cannot be run: {type(error).__name__}: {error}"
    return problem("policies-python", message, str(file), next(reversed(frames), None) or 1,
                   hint="correct the file, or take it out of the folder")  # fmt: skip


def _is_in(module: ModuleType, folders: set[Path]) -> bool:
    file = getattr(module, "__file__", None)
    return isinstance(file, str) and Path(file).parent.resolve() in folders
