"""Run checkov's checks over a flattened root, and prove that every block was judged.

The checks run one after the other, in this thread and in the order of their ids. checkov's own runner swallows what a
check raises, judges in whatever order the file system lists, and lets checks race for the objects that they annotate.
"""

import json
import sys
from contextlib import redirect_stdout
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from capgen.evaluate.flatten import Flattened, Origin
from capgen.evaluate.tree import Place
from capgen.scan import engine
from capgen.scan.attribute_checks import attribute_checks, user_attribute_checks
from capgen.scan.definitions import FLATTENED, Definitions, to_definitions
from capgen.scan.direct_paths import direct_paths
from capgen.scan.graph_checks import graph_checks
from capgen.scan.inline_executor import inline_executors
from capgen.scan.user_policies import user_checks
from capgen.scan.verdict import IncompleteScanError, Verdict, block_name, tried


def run(flattened: Flattened, *, policies: Path | None = None) -> list[Verdict]:
    """Judge a flattened root. The verdicts are sorted by block and check.

    `policies` is a folder of the user's own checks. They judge after checkov's, on copies, so that they change nothing
    else; raises PolicyError when they cannot be used.
    """
    parts = engine.load()
    with engine.contained(), inline_executors(parts), direct_paths(parts), user_checks(parts, policies) as theirs:
        parts.policy_cache.clear()
        definitions = tried("reading the flattened root", to_definitions, flattened)
        graph = tried("building the graph", _graph, parts, definitions)
        connected = parts.connector().save_graph(graph)
        verdicts = [*attribute_checks(parts, graph, connected), *graph_checks(parts.graph_registry.checks, connected)]
        with redirect_stdout(sys.stderr):
            verdicts += user_attribute_checks(parts, graph, connected, theirs)
            verdicts += [replace(verdict, severity=theirs.severities[verdict.check])
                         for verdict in graph_checks(theirs.graph, connected)]  # fmt: skip
    seen = {block_name(vertex.block_type, vertex.name) for vertex in graph.vertices}
    if seen != set(flattened.origins):
        missing = ", ".join(sorted(set(flattened.origins) - seen)[:3])
        raise IncompleteScanError(f"checkov saw {len(seen)} of {len(flattened.origins)} blocks, and not {missing}")
    return sorted(_worst(verdicts), key=lambda verdict: (verdict.block, verdict.check))


@cache
def warm_up() -> None:
    """Import checkov and judge a first policy, for which it loads its tables of AWS actions. Once a process.

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
    parent: Any = parts.module
    module = _module(parent)(source_dir="/", external_modules_source_map={})
    module.temp_tf_definition = {key: definitions}
    for block_type, blocks in definitions.items():
        module.add_blocks(block_type, blocks, key, "Terraform")
    graph = parts.graph(module)
    graph.build_graph(render_variables=False)
    return graph


@cache
def _module(parent: Any) -> type[Any]:
    class FlatModule(parent):  # type: ignore[misc]  # checkov has no types
        """checkov's module, which mends the escapes of an HCL parser; JSON has none to mend."""

        @staticmethod
        def clean_bad_characters(resource_conf: dict[str, Any]) -> dict[str, Any]:
            return resource_conf

    return FlatModule


def _worst(verdicts: list[Verdict]) -> list[Verdict]:
    """Keep one verdict for each check and block: a failure over an open question over a pass."""
    order = {False: 0, None: 1, True: 2}
    worst: dict[tuple[str, str], Verdict] = {}
    for verdict in sorted(verdicts, key=lambda verdict: order[verdict.passed]):
        worst.setdefault((verdict.check, verdict.block), verdict)
    return list(worst.values())
