"""A digest of everything that decides the output beside the specs: capgen's code and tables, and what it runs on."""

import hashlib
import os
import sys
from functools import cache
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from capgen.resources import PACKAGE, schemas_dir

_CDK = "CAPGEN_CDK"


@cache
def compiler_digest() -> str:
    """Return the digest. It is that of this process: an edit of capgen's code afterwards does not change it."""
    digest = hashlib.sha256()
    for name, found in sorted(_versions().items()):
        digest.update(f"{name} {found}\n".encode())
    for folder in (PACKAGE, schemas_dir()):
        for file in sorted(_files(folder)):
            content = hashlib.sha256(file.read_bytes()).hexdigest()
            digest.update(f"{file.relative_to(folder).as_posix()} {content}\n".encode())
    return digest.hexdigest()


def _versions() -> dict[str, str]:
    """Return the versions of Python and of capgen's dependencies, and which CDK is taken."""
    names = [requirement.split(";")[0] for requirement in requires("capgen") or () if "extra ==" not in requirement]
    found = {name: _version(name) for name in map(_name, names)}
    cdk = os.environ.get(_CDK, "cdktf")
    more = ("jsii", "constructs", "cloudsplaining", "rustworkx")
    return found | {name: _version(name) for name in more} | {"cdk": f"{cdk} {_version(cdk)}", "python": sys.version}


def _name(requirement: str) -> str:
    return "".join(
        character if character.isalnum() or character in "-_." else " " for character in requirement
    ).split()[0]


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""


def _files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.is_file() and "__pycache__" not in file.parts]
