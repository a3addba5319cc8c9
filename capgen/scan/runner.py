"""Run checkov's checks over a flattened root, and prove that every block was judged.

The checks run one after the other, in this thread and in the order of their ids. checkov's own runner swallows what a
check raises, judges in whatever order the file system lists, and lets checks race for the objects that they annotate.
"""

import copy
import json
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from capgen.scan import engine
from capgen.scan.definitions import Definitions, to_definitions
from capgen.scan.flatten import Flattened, Origin
from capgen.scan.tree import Place

_FILE = "/flattened.tf"


class IncompleteScanError(Exception):
    """checkov did not judge everything that it was given. Nothing it says about the rest can be trusted."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What one check says about one block: passed, failed, or None when it does not apply or a value is not known.

    `keys` are the arguments that the check looked at.
    """

    check: str
    name: str
    block: str
    passed: bool | None
    guideline: str | None
    keys: tuple[str, ...] = ()


def run(flattened: Flattened) -> list[Verdict]:
    """Judge a flattened root. The verdicts are sorted by block and check."""
    parts = engine.load()
    with engine.contained(), _inline_executors(parts):
        parts.policy_cache.clear()
        definitions = _tried("reading the flattened root", to_definitions, flattened)
        graph = _tried("building the graph", _graph, parts, definitions)
        connected = parts.connector().save_graph(graph)
        verdicts = [*_attribute_checks(parts, graph, connected), *_graph_checks(parts, connected)]
    seen = {_block_name(vertex.block_type, vertex.name) for vertex in graph.vertices}
    if seen != set(flattened.origins):
        missing = ", ".join(sorted(set(flattened.origins) - seen)[:3])
        raise IncompleteScanError(f"checkov saw {len(seen)} of {len(flattened.origins)} blocks, and not {missing}")
    return sorted(_worst(verdicts), key=lambda verdict: (verdict.block, verdict.check))


def warm_up() -> None:
    """Import checkov and judge a first policy, for which it loads its tables of AWS actions.

    Together that takes seconds, so the pipeline calls this in a thread while the CDK synthesises.
    """
    statement = {"Effect": "Allow", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::bucket/*"}
    body = {"policy": json.dumps({"Version": "2012-10-17", "Statement": [statement]})}
    place = Place(file="", line=1)
    run(
        Flattened(
            resources={("aws_iam_role_policy", "sample"): body},
            data={},
            providers=(),
            origins={"aws_iam_role_policy.sample": Origin(address="", place=place, attributes={})},
        )
    )


def _graph(parts: engine.Engine, definitions: Definitions) -> Any:
    """Build checkov's graph without its evaluator: all is evaluated, and that one would run a user's text as Python."""
    key = parts.definition_key(file_path=_FILE)
    module = _module(parts)(source_dir="/", external_modules_source_map={})
    module.temp_tf_definition = {key: definitions}
    for block_type, blocks in definitions.items():
        module.add_blocks(block_type, blocks, key, "Terraform")
    graph = parts.graph(module)
    graph.build_graph(render_variables=False)
    return graph


def _module(parts: engine.Engine) -> type[Any]:
    class FlatModule(parts.module):  # type: ignore[misc,name-defined]  # checkov has no types
        """checkov's module, which mends the escapes of an HCL parser; JSON has none to mend."""

        @staticmethod
        def clean_bad_characters(resource_conf: dict[str, Any]) -> dict[str, Any]:
            return copy.deepcopy(resource_conf)

    return FlatModule


def _attribute_checks(parts: engine.Engine, graph: Any, connected: Any) -> Iterator[Verdict]:
    for vertex in graph.vertices:
        registry = parts.registries[vertex.block_type]
        block = _block_name(vertex.block_type, vertex.name)
        type, label, body = registry.extract_entity_details(vertex.config)
        for check in sorted(registry.get_checks(type), key=lambda check: str(check.id)):
            check.graph = connected
            result = _tried(f"{check.id} on {block}", check.run, _FILE, body, label, type, {})
            yield Verdict(check=check.id, name=check.name, block=block, passed=_passed(result["result"]),
                          guideline=check.guideline, keys=tuple(map(str, result["evaluated_keys"])))  # fmt: skip


def _graph_checks(parts: engine.Engine, connected: Any) -> Iterator[Verdict]:
    for check in sorted(parts.graph_registry.checks, key=lambda check: str(check.id)):
        outcome = _tried(check.id, check.run, connected)
        for vertices, passed in zip(outcome, (True, False, None), strict=True):
            for vertex in vertices:
                block = _block_name(vertex["block_type_"], vertex["block_name_"])
                yield Verdict(check=check.id, name=check.name, block=block, passed=passed, guideline=check.guideline)


def _block_name(block_type: str, name: str) -> str:
    return name if block_type == "resource" else f"{block_type}.{name}"


def _passed(result: Any) -> bool | None:
    outcome = result[0] if isinstance(result, tuple) else result
    return {"PASSED": True, "FAILED": False}.get(outcome.name)


def _tried(what: str, call: Callable[..., Any], *arguments: Any) -> Any:
    try:
        return call(*arguments)
    except Exception as error:
        raise IncompleteScanError(f"{what} failed: {type(error).__name__}: {error}") from error


def _worst(verdicts: list[Verdict]) -> list[Verdict]:
    """Keep one verdict for each check and block: a failure over an open question over a pass."""
    order = {False: 0, None: 1, True: 2}
    worst: dict[tuple[str, str], Verdict] = {}
    for verdict in sorted(verdicts, key=lambda verdict: order[verdict.passed]):
        worst.setdefault((verdict.check, verdict.block), verdict)
    return list(worst.values())


class _InlineExecutor:
    """Stands in for a thread pool: runs what it is given at once, so that an exception is not lost in a future."""

    def submit(self, function: Callable[..., Any], *arguments: Any) -> "Future[Any]":
        future: Future[Any] = Future()
        future.set_result(function(*arguments))
        return future


@contextmanager
def _inline_executors(parts: engine.Engine) -> Iterator[None]:
    saved = [(user, user.ThreadPoolExecutor) for user in parts.executor_users]
    try:
        for user, _ in saved:
            user.ThreadPoolExecutor = _InlineExecutor
        yield
    finally:
        for user, executor in saved:
            user.ThreadPoolExecutor = executor
