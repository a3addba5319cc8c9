"""Run checkov's checks over a flattened root, and prove that every block was judged.

The checks run one after the other, in this thread and in the order of their ids. checkov's own runner swallows what a
check raises, judges in whatever order the file system lists, and lets checks race for the objects that they annotate.
"""

import copy
import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import redirect_stdout
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from capgen.evaluate.flatten import Flattened, Origin
from capgen.evaluate.tree import Place
from capgen.findings import FindingSeverity
from capgen.scan import engine
from capgen.scan.definitions import FLATTENED, Definitions, to_definitions
from capgen.scan.inline_executor import inline_executors
from capgen.scan.user_policies import UserChecks, user_checks

_OUTCOMES = {"PASSED": True, "FAILED": False, "UNKNOWN": None, "SKIPPED": None}


class IncompleteScanError(Exception):
    """checkov did not judge everything that it was given. Nothing it says about the rest can be trusted."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What one check says about one block: passed, failed, or None when it does not apply or a value is not known.

    `keys` are the arguments that the check looked at. `severity` is known of the user's own checks alone.
    """

    check: str
    name: str
    block: str
    passed: bool | None
    guideline: str | None
    keys: tuple[str, ...] = ()
    severity: FindingSeverity | None = None


def run(flattened: Flattened, *, policies: Path | None = None) -> list[Verdict]:
    """Judge a flattened root. The verdicts are sorted by block and check.

    `policies` is a folder of the user's own checks. They judge after checkov's, on copies, so that they change nothing
    else; raises PolicyError when they cannot be used.
    """
    parts = engine.load()
    with engine.contained(), inline_executors(parts), user_checks(parts, policies) as theirs:
        parts.policy_cache.clear()
        definitions = _tried("reading the flattened root", to_definitions, flattened)
        graph = _tried("building the graph", _graph, parts, definitions)
        connected = parts.connector().save_graph(graph)
        verdicts = [*_attribute_checks(parts, graph, connected),
                    *_graph_checks(parts.graph_registry.checks, connected)]  # fmt: skip
        with redirect_stdout(sys.stderr):
            verdicts += _user_checks(parts, graph, connected, theirs)
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
    key = parts.definition_key(file_path=FLATTENED)
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
        type, label, body = registry.extract_entity_details(vertex.config)
        for check in _in_order(registry.get_checks(type)):
            yield _verdict(check, (type, label, body), _block_name(vertex.block_type, vertex.name), connected)


def _user_checks(parts: engine.Engine, graph: Any, connected: Any, theirs: UserChecks) -> Iterator[Verdict]:
    for vertex in graph.vertices:
        type, label, body = parts.registries[vertex.block_type].extract_entity_details(vertex.config)
        for check in _in_order(theirs.of(vertex.block_type, type)):
            block = _block_name(vertex.block_type, vertex.name)
            verdict = _verdict(check, (type, label, copy.deepcopy(body)), block, connected)
            yield replace(verdict, severity=theirs.severities[check.id])
    for verdict in _graph_checks(theirs.graph, connected):
        yield replace(verdict, severity=theirs.severities[verdict.check])


def _verdict(check: Any, entity: tuple[str, str, Any], block: str, connected: Any) -> Verdict:
    type, label, body = entity
    check.graph = connected
    result = _tried(f"{check.id} on {block}", check.run, FLATTENED, body, label, type, {})
    return Verdict(check=check.id, name=check.name, block=block, passed=_passed(check.id, block, result["result"]),
                   guideline=check.guideline, keys=tuple(map(str, result["evaluated_keys"])))  # fmt: skip


def _graph_checks(checks: Iterable[Any], connected: Any) -> Iterator[Verdict]:
    for check in _in_order(checks):
        outcome = _tried(check.id, check.run, connected)
        for vertices, passed in zip(outcome, (True, False, None), strict=True):
            for vertex in vertices:
                block = _block_name(vertex["block_type_"], vertex["block_name_"])
                yield Verdict(check=check.id, name=check.name, block=block, passed=passed, guideline=check.guideline)


def _in_order(checks: Iterable[Any]) -> list[Any]:
    return sorted(checks, key=lambda check: str(check.id))


def _block_name(block_type: str, name: str) -> str:
    return name if block_type == "resource" else f"{block_type}.{name}"


def _passed(check: str, block: str, result: Any) -> bool | None:
    outcome = result[0] if isinstance(result, tuple) and result else result
    try:
        return _OUTCOMES[outcome.name]
    except (AttributeError, KeyError):
        raise IncompleteScanError(f"{check} on {block} said {outcome!r}, which is no CheckResult") from None


def _tried(what: str, call: Callable[..., Any], *arguments: Any) -> Any:
    try:
        return call(*arguments)
    except (Exception, SystemExit) as error:
        raise IncompleteScanError(f"{what} failed: {type(error).__name__}: {error}") from error


def _worst(verdicts: list[Verdict]) -> list[Verdict]:
    """Keep one verdict for each check and block: a failure over an open question over a pass."""
    order = {False: 0, None: 1, True: 2}
    worst: dict[tuple[str, str], Verdict] = {}
    for verdict in sorted(verdicts, key=lambda verdict: order[verdict.passed]):
        worst.setdefault((verdict.check, verdict.block), verdict)
    return list(worst.values())
