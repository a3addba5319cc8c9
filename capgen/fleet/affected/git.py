"""Ask git, by its command line."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from capgen.diagnostics import Diagnostic

_LINK = "120000"
_FILES = ("100644", "100755", _LINK)


class GitError(Exception):
    """Git cannot say it: why, for the user."""

    def __init__(self, rule: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.diagnostic = Diagnostic(rule=rule, message=message, hint=hint)


@dataclass(frozen=True)
class Entry:
    """A file of a revision: its path below the top of the repository, and the id of its content."""

    path: str
    blob: str
    link: bool


@dataclass(frozen=True)
class Repository:
    """A repository with a working tree; `top` is the folder of that."""

    top: Path

    def commit(self, revision: str) -> str:
        """Return the id of a revision's commit. Raises GitError for one that is not there."""
        found = self._run(
            ["rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}"], may_fail=True
        )
        if found:
            return found.decode().strip()
        if self._run(["rev-parse", "--is-shallow-repository"], may_fail=True).strip() == b"true":
            hint = "fetch more of its history: fetch-depth: 0 of actions/checkout, GIT_DEPTH: 0 in GitLab"
            raise GitError("affected-shallow", f"the clone is shallow and does not have {revision}", hint)
        raise GitError("affected-revision", f"git knows no revision {revision}", "name a commit, a branch or a tag")

    def changed(self, old: str, new: str | None) -> frozenset[str]:
        """Return the paths that differ between two revisions, or a revision and the working tree with its new files."""
        names = self._names(
            ["diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", old, *([new] if new else []), "--"]
        )
        if new is None:
            names += self._names(["ls-files", "--others", "--exclude-standard", "-z"])
        return frozenset(names)

    def entries(self, revision: str, below: str = "") -> list[Entry]:
        """Return the files of a revision, or those below a folder."""
        paths = [below] if below else []
        found = []
        for line in self._names(["ls-tree", "-r", "-z", "--full-tree", revision, "--", *paths]):
            meta, _, path = line.partition("\t")
            mode, _, blob = meta.split(" ")
            if mode in _FILES:
                found.append(Entry(path, blob, link=mode == _LINK))
        return found

    def contents(self, entries: Sequence[Entry]) -> dict[str, bytes]:
        """Return path to content for files of a revision."""
        said = self._run(["cat-file", "--batch"], "".join(f"{entry.blob}\n" for entry in entries).encode())
        contents, position = {}, 0
        for entry in entries:
            end = said.index(b"\n", position)
            size = int(said[position:end].split()[2])
            contents[entry.path] = said[end + 1 : end + 1 + size]
            position = end + size + 2
        return contents

    def _names(self, command: list[str]) -> list[str]:
        return [name.decode("utf-8", "surrogateescape") for name in self._run(command).split(b"\0") if name]

    def _run(self, command: list[str], standard_input: bytes = b"", *, may_fail: bool = False) -> bytes:
        return _git(self.top, command, standard_input, may_fail=may_fail)


def repository(directory: Path) -> Repository:
    """Return the repository that a folder lies in. Raises GitError where there is none, or no git."""
    top = _git(directory, ["rev-parse", "--show-toplevel"], may_fail=True).decode().strip()
    if not top:
        raise GitError("affected-repository", f"{directory} lies in no git repository with a working tree")
    return Repository(Path(top))


def _git(directory: Path, command: list[str], standard_input: bytes = b"", *, may_fail: bool = False) -> bytes:
    options = ["-c", "core.quotePath=false", "-c", "core.fsmonitor=false"]
    try:
        done = subprocess.run(  # noqa: S603 : no shell, and revisions are never options
            ["git", *options, *command],  # noqa: S607 : the git that the user has
            cwd=directory, input=standard_input, capture_output=True, check=False,
        )  # fmt: skip
    except FileNotFoundError:
        raise GitError("affected-git", "there is no git command here", "install git") from None
    if done.returncode == 0:
        return done.stdout
    if may_fail and b"dubious ownership" not in done.stderr:
        return b""
    raise GitError("affected-git", f"git {command[0]} failed: {done.stderr.decode(errors='replace').strip()}")
