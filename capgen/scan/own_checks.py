"""What checkov lets pass and a reviewer would not: each of these flaws leaves its verdicts unchanged.

CKV_AWS_334 is meant to find privileged containers, but looks for a key `privilege` that does not exist.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from capgen.scan.finding import FindingSeverity
from capgen.scan.flatten import Flattened
from capgen.scan.runner import Verdict
from capgen.validate.secret_names import is_literal, names_a_secret

Body = Mapping[str, Any]

_WORLD = frozenset({"0.0.0.0/0", "::/0"})
_WEB_PORTS = frozenset({80, 443})
_ALL_PROTOCOLS = frozenset({"-1", "all"})
_EXPRESSION = re.compile(r"(?<!\$)\$\{")
_TASK = "aws_ecs_task_definition"


@dataclass(frozen=True, kw_only=True)
class OwnCheck:
    """A check of capgen. `holds` says whether a block of one of the types passes, or None when its value is unknown."""

    id: str
    title: str
    severity: FindingSeverity
    fix: str
    spec: str
    types: tuple[str, ...]
    argument: str
    holds: Callable[[Body], bool | None]


def judge(flattened: Flattened) -> Iterator[Verdict]:
    """Run capgen's own checks over a flattened root."""
    for (type, label), body in sorted(flattened.resources.items()):
        for check in OWN_CHECKS:
            if type in check.types:
                yield Verdict(check=check.id, name=check.title, block=f"{type}.{label}", passed=check.holds(body),
                              guideline=None, keys=(check.argument,))  # fmt: skip


def _is_unknown(value: Any) -> bool:
    return isinstance(value, str) and _EXPRESSION.search(value) is not None


def _holds_no_literal(*arguments: str) -> Callable[[Body], bool]:
    return lambda body: not any(body.get(name) and not _is_unknown(body[name]) for name in arguments)


def _only_web_is_open(body: Body) -> bool | None:
    if body.get("cidr_ipv4") not in _WORLD and body.get("cidr_ipv6") not in _WORLD:
        return True
    ports = (body.get("from_port"), body.get("to_port"))
    return None if any(map(_is_unknown, ports)) else ports[0] == ports[1] and ports[0] in _WEB_PORTS


def _names_a_protocol(body: Body) -> bool | None:
    protocol = body.get("ip_protocol")
    return None if _is_unknown(protocol) else str(protocol).lower() not in _ALL_PROTOCOLS


def _every_container(holds: Callable[[Body], bool]) -> Callable[[Body], bool | None]:
    def all_hold(body: Body) -> bool | None:
        text = body.get("container_definitions", "[]")
        if not str(text).lstrip().startswith("["):
            return None
        return all(holds(container) for container in json.loads(text))

    return all_hold


def _has_plain_environment(container: Body) -> bool:
    variables = container.get("environment") or []
    if not isinstance(variables, list):
        return True
    pairs = ((str(variable.get("name")), variable.get("value")) for variable in variables)
    return not any(names_a_secret(name) and is_literal(value, name) for name, value in pairs)


def _has_pinned_image(container: Body) -> bool:
    image = str(container.get("image"))
    if _is_unknown(image) or "@sha256:" in image:
        return True
    _, _, tag = image.rpartition("/")[2].partition(":")
    return tag not in ("", "latest")


OWN_CHECKS = (
    OwnCheck(
        id="CAPGEN_1",
        title="Ensure no secret is written into the configuration and the state",
        severity=FindingSeverity.CRITICAL,
        fix="Let Secrets Manager make the password: leave it out of the Terraform and the spec.",
        spec="database.password",
        types=("aws_db_instance", "aws_rds_cluster", "aws_secretsmanager_secret_version", "aws_ssm_parameter"),
        argument="password",
        holds=_holds_no_literal("password", "master_password", "secret_string", "secret_binary", "value"),
    ),
    OwnCheck(
        id="CAPGEN_2",
        title="Ensure only ports 80 and 443 are open to the world",
        severity=FindingSeverity.CRITICAL,
        fix="Narrow the ranges in access to the networks that need the port.",
        spec="access",
        types=("aws_vpc_security_group_ingress_rule",),
        argument="cidr_ipv4",
        holds=_only_web_is_open,
    ),
    OwnCheck(
        id="CAPGEN_3",
        title="Ensure ingress rules name a protocol",
        severity=FindingSeverity.HIGH,
        fix="Name the protocol and the ports that the traffic uses.",
        spec="access",
        types=("aws_vpc_security_group_ingress_rule",),
        argument="ip_protocol",
        holds=_names_a_protocol,
    ),
    OwnCheck(
        id="CAPGEN_4",
        title="Ensure egress rules name a protocol",
        severity=FindingSeverity.MEDIUM,
        fix="Name the protocol and the ports that the traffic uses in access.egress.",
        spec="access.egress",
        types=("aws_vpc_security_group_egress_rule",),
        argument="ip_protocol",
        holds=_names_a_protocol,
    ),
    OwnCheck(
        id="CAPGEN_5",
        title="Ensure no container is privileged",
        severity=FindingSeverity.HIGH,
        fix="Remove privileged from the container definition; Fargate refuses it.",
        spec="agent",
        types=(_TASK,),
        argument="container_definitions",
        holds=_every_container(lambda container: not container.get("privileged")),
    ),
    OwnCheck(
        id="CAPGEN_6",
        title="Ensure no secret stands in a container's environment",
        severity=FindingSeverity.HIGH,
        fix="Keep the value in Secrets Manager and name it in agent.secrets.",
        spec="agent.secrets",
        types=(_TASK,),
        argument="container_definitions",
        holds=_every_container(_has_plain_environment),
    ),
    OwnCheck(
        id="CAPGEN_7",
        title="Ensure the image has a version",
        severity=FindingSeverity.MEDIUM,
        fix="Name a version or a digest in agent.image: what latest means changes without a review.",
        spec="agent.image",
        types=(_TASK,),
        argument="container_definitions",
        holds=_every_container(_has_pinned_image),
    ),
)
