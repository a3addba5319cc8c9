# ruff: noqa: INP001 - a part of a script, beside the data it makes
"""Valid bodies of resources: those of the compiled example and of its variants, with every reference replaced."""

import json
import re
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from capgen.evaluate import Tree, blocks, flatten
from schemas.provider.force_new.trial import Body
from tests.output.variants import VARIANTS, compiled_variant

#: Arguments that are not the provider's, or that change nothing in AWS.
NOT_COMPARED = frozenset({"depends_on", "lifecycle", "provider", "timeouts"})

_ACCOUNT = "123456789012"
_ARNS = {
    "aws_kms_key": f"arn:aws:kms:eu-west-1:{_ACCOUNT}:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9",
    "aws_iam_role": f"arn:aws:iam::{_ACCOUNT}:role/known",
    "aws_lb_target_group": f"arn:aws:elasticloadbalancing:eu-west-1:{_ACCOUNT}:targetgroup/known/0123456789abcdef",
    "aws_lb": f"arn:aws:elasticloadbalancing:eu-west-1:{_ACCOUNT}:loadbalancer/app/known/0123456789abcdef",
}
_OTHER_ARN = f"arn:aws:ecs:eu-west-1:{_ACCOUNT}:cluster/known"
_ATTRIBUTES = {"account_id": _ACCOUNT, "partition": "aws", "id": "id-0a1b2c3d"}


_RECORD: Body = {"zone_id": "Z0123456789ABCDEFGHIJ", "name": "known.example.com", "type": "A", "ttl": 60,
                 "records": ["192.0.2.1"], "set_identifier": "known"}  # fmt: skip
_MORE: dict[str, list[Body]] = {
    "aws_route53_record": [
        {**_RECORD, "cidr_routing_policy": [{"collection_id": "known", "location_name": "known"}]},
        {**_RECORD, "geolocation_routing_policy": [{"country": "US", "subdivision": "CA"}]},
        {**_RECORD, "geolocation_routing_policy": [{"continent": "EU"}]},
        {**_RECORD, "geoproximity_routing_policy": [{"aws_region": "eu-west-1", "bias": 1}]},
        {**_RECORD, "geoproximity_routing_policy": [{"local_zone_group": "us-west-2-lax-1"}]},
        {**_RECORD, "geoproximity_routing_policy": [{"coordinates": [{"latitude": "1.0", "longitude": "2.0"}]}]},
        {**_RECORD, "failover_routing_policy": [{"type": "PRIMARY"}]},
    ],
    "aws_vpc": [
        {"ipv4_ipam_pool_id": "known", "ipv4_netmask_length": 16},
        {"cidr_block": "10.0.0.0/16", "ipv6_ipam_pool_id": "known", "ipv6_cidr_block": "2001:db8:1234:1a00::/56"},
        {
            "cidr_block": "10.0.0.0/16",
            "assign_generated_ipv6_cidr_block": True,
            "ipv6_cidr_block_network_border_group": "eu-west-1",
        },
    ],
}
"""Bodies beside those: with arguments that capgen does not write and the provider takes together alone."""


def example_bodies() -> dict[str, list[Body]]:
    """Return the different bodies of each type, the shortest JSON first, then those that no variant has."""
    found: dict[str, dict[str, Body]] = {}
    for variant in sorted(VARIANTS):
        with TemporaryDirectory(prefix="capgen-force-new-") as name:
            deployment = Path(name) / "deployment"
            for file, content in compiled_variant(variant).items():
                target = deployment / file
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content)
            for policy in sorted(deployment.glob("*/main.tf.json")):
                _add(policy.parent, found)
    return {type: [*(bodies[text] for text in sorted(bodies, key=lambda text: (len(text), text))), *_MORE.get(type, ())]
            for type, bodies in sorted(found.items())}  # fmt: skip


def _add(root: Path, found: dict[str, dict[str, Body]]) -> None:
    tree = Tree(base=root.parent, boundary=root.parent)
    for block in blocks(flatten(tree.directory(root), tree)):
        if not block.is_data:
            body = {name: known(value) for name, value in block.body.items() if name not in NOT_COMPARED}
            found.setdefault(block.type, {})[json.dumps(body, sort_keys=True)] = body


def known(value: Any) -> Any:
    """Replace every `${...}` in a value by something that the provider's validators accept in its place."""
    if isinstance(value, list):
        return [known(item) for item in value]
    if isinstance(value, dict):
        return {key: known(item) for key, item in value.items()}
    return _text(value) if isinstance(value, str) else value


def _text(text: str) -> str:
    pieces, position = [], 0
    for start in (match.start() for match in re.finditer(r"(?<!\$)\$\{", text)):
        if start >= position:
            end = _end(text, start)
            pieces += [text[position:start], _value(text[start + 2 : end - 1])]
            position = end
    return "".join([*pieces, text[position:]])


def _end(text: str, start: int) -> int:
    """Return where the expression that begins at `start` ends: braces nest in it."""
    depth = 0
    for position in range(start, len(text)):
        depth += (text[position] == "{") - (text[position] == "}")
        if text[position] == "}" and depth == 0:
            return position + 1
    raise ValueError(f"an expression does not end: {text}")


def _value(expression: str) -> str:
    attribute = expression.rpartition(".")[2]
    if attribute == "arn":
        return _ARNS.get(expression.partition(".")[0], _OTHER_ARN)
    return _ATTRIBUTES.get(attribute, "known")
