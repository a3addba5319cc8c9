"""checkov's parts, imported once and contained: nothing of what checkov does to the process outlives it."""

import logging
import os
import threading
import warnings
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Any

#: Environment variables that change what checkov judges, logs or contacts: a scan is the same on any machine.
_FOREIGN = ("BC_", "CHECKOV_", "CKV_", "LOG_LEVEL", "MAX_WILDCARD", "PRISMA_", "RAW_TF_", "RENDER_", "TF_SPLIT")

#: checkov leaves the references of longer strings unread, unless it is told that there is no limit.
_SETTINGS = {"CHECKOV_RENDER_MAX_LEN": "0"}

_BASES = ("base_resource_check", "base_resource_value_check", "base_resource_negative_value_check")
"""The modules of checkov's base classes that look into blocks."""

_lock = threading.RLock()
_loaded: "list[Engine]" = []


@dataclass(frozen=True, kw_only=True)
class Engine:
    """The classes and objects of checkov that a scan uses. All of it is private API: the version is pinned."""

    registries: Mapping[str, Any]
    graph_registry: Any
    module: type[Any]
    graph: type[Any]
    connector: type[Any]
    definition_key: type[Any]
    policy_cache: dict[str, Any]
    executor_users: tuple[Any, ...]
    path_users: tuple[tuple[Any, str], ...]


def load() -> Engine:
    """Import checkov, once, and return its parts. It takes more than a second."""
    with _lock:
        if not _loaded:
            with contained(), _plain_streams():
                _loaded.append(_import())
        return _loaded[0]


def _import() -> Engine:
    terraform, common = "checkov.terraform", "checkov.common"
    solvers, graphs = f"{common}.checks_infra.solvers", f"{common}.graph.db_connectors.rustworkx"
    registries = {kind: getattr(import_module(f"{terraform}.checks.{kind}.registry"), f"{kind}_registry")
                  for kind in ("resource", "data", "provider")}  # fmt: skip
    graph_registry = import_module(f"{common}.checks_infra.registry").get_graph_checks_registry("terraform")
    graph_registry.load_checks()
    import_module("capgen.scan.policies.checks").register()
    iam = import_module(f"{terraform}.checks.utils.base_cloudsplaining_iam_scanner")
    return Engine(
        registries=registries,
        graph_registry=graph_registry,
        module=import_module(f"{terraform}.graph_builder.graph_components.module").Module,
        graph=import_module(f"{terraform}.graph_builder.local_graph").TerraformLocalGraph,
        connector=import_module(f"{graphs}.rustworkx_db_connector").RustworkxConnector,
        definition_key=import_module(f"{terraform}.modules.module_objects").TFDefinitionKey,
        policy_cache=iam.BaseTerraformCloudsplainingIAMScanner.policy_document_cache,
        executor_users=(
            import_module(f"{solvers}.attribute_solvers.base_attribute_solver"),
            import_module(f"{solvers}.resource_solvers.base_resource_solver"),
        ),
        path_users=tuple(
            (module, name)
            for module in (import_module(f"{terraform}.checks.resource.{base}") for base in _BASES)
            for name in ("dpath", "handle_dynamic_values")
            if hasattr(module, name)
        ),
    )


@contextmanager
def contained() -> Iterator[None]:
    """Keep checkov from adding a log handler and from warning, and hide the environment's settings from it.

    One thread at a time: checkov keeps what it is doing in its classes.
    """
    with _lock:
        yield from _contained()


def _contained() -> Iterator[None]:
    root, handler = logging.getLogger(), logging.NullHandler()
    hidden = {name: os.environ.pop(name) for name in sorted(os.environ) if name.startswith(_FOREIGN)}
    os.environ.update(_SETTINGS)
    root.addHandler(handler)  # with one in place, `logging.debug()` adds none of its own
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        root.removeHandler(handler)
        for name in _SETTINGS:
            del os.environ[name]
        os.environ.update(hidden)


@contextmanager
def _plain_streams() -> Iterator[None]:
    """Keep checkov's import from wrapping standard output and error, which another thread may be writing to."""
    colorama: Any = import_module("colorama")
    initialise, colorama.init = colorama.init, lambda **_: None
    try:
        yield
    finally:
        colorama.init = initialise
