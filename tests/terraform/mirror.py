"""Find what a real run needs: the command, and a filesystem mirror that holds the AWS provider."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

MIRROR_VARIABLE = "CAPGEN_TF_PLUGIN_DIR"
"""Environment variable that names the mirror, for a machine where the search does not find it."""

PROVIDER_HOSTS = {"terraform": "registry.terraform.io", "tofu": "registry.opentofu.org"}
"""The host each command puts before `hashicorp/aws`; in a mirror it is a folder's name."""

_DEPTH = 5
_FOLDERS_AT_MOST = 20_000


@dataclass(frozen=True)
class Toolchain:
    """A command and the mirror from which it takes the AWS provider."""

    binary: Path
    mirror: Path


@dataclass(frozen=True)
class Missing:
    """What a machine lacks for a real run."""

    reason: str


def find_toolchain() -> Toolchain | Missing:
    """Return the first command for which a mirror exists, or what is missing."""
    lacking: list[str] = []
    for command, host in PROVIDER_HOSTS.items():
        binary = shutil.which(command)
        if binary is None:
            lacking.append(f"no {command} on PATH")
            continue
        mirror = find_mirror(host)
        if mirror is not None:
            return Toolchain(Path(binary), mirror)
        lacking.append(f"no mirror with {host}/hashicorp/aws for {command}")
    return Missing(f"terraform or provider mirror not found: {'; '.join(lacking)}")


def find_mirror(host: str) -> Path | None:
    """Return the folder whose `<host>/hashicorp/aws` holds at least one version of the provider."""
    named = os.environ.get(MIRROR_VARIABLE)
    candidates = [Path(named)] if named else _candidates(host)
    return next((path for path in candidates if _holds_provider(path, host)), None)


def _holds_provider(mirror: Path, host: str) -> bool:
    provider = mirror / host / "hashicorp" / "aws"
    return provider.is_dir() and any(provider.iterdir())


def _search_roots() -> list[Path]:
    """Return where packages, images and people usually put a mirror."""
    roots = ["opt", "usr/local", "usr/share", "usr/lib", "var/lib", "srv"]
    home = Path.home()
    return [home / ".terraform.d", home / ".local" / "share", *(Path("/") / root for root in roots), home]


def _candidates(host: str) -> Iterator[Path]:
    """Walk the usual roots breadth first, to a bounded depth, for folders that hold `host`."""
    for root in _search_roots():
        level, seen = [root], 0
        for _ in range(_DEPTH):
            below: list[Path] = []
            for folder in level:
                if (folder / host).is_dir():
                    yield folder
                below.extend(_folders(folder))
            seen += len(below)
            if seen > _FOLDERS_AT_MOST:
                break
            level = below


def _folders(folder: Path) -> list[Path]:
    try:
        with os.scandir(folder) as entries:
            return sorted(Path(entry.path) for entry in entries if entry.is_dir(follow_symlinks=False))
    except OSError:
        return []
