"""What synth hands to write: Terraform JSON documents, still in memory."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from capgen.terraform.checks import Checks, NoChecks


@dataclass(frozen=True, kw_only=True, eq=False)  # one object stands for a module in a whole fleet
class CompiledModule:
    """One module.

    `directory` is its name under modules/; `files` are those that Terraform reads beside it; `checks` is what its own
    test holds it to.
    """

    directory: str
    component: str
    document: Mapping[str, Any]
    files: Mapping[str, bytes]
    checks: Checks | NoChecks


@dataclass(frozen=True, kw_only=True)
class CompiledRoot:
    """One region's root."""

    region: str
    document: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class CompiledDeployment:
    """A whole deployment: the modules that its roots share, and the roots, each sorted by name.

    `apply_order` are the regions in the groups in which their roots are applied.
    """

    name: str
    modules: tuple[CompiledModule, ...]
    roots: tuple[CompiledRoot, ...]
    apply_order: tuple[tuple[str, ...], ...]
