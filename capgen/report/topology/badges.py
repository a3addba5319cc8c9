"""What a reviewer wants to see on a node at first glance: is it encrypted, does it survive a zone, who may reach it."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from capgen.evaluate import Block, Flattened, blocks, reference
from capgen.report.topology.redirects import only_redirects

Tone = Literal["good", "warn", "bad", "plain"]


@dataclass(frozen=True, kw_only=True)
class Badge:
    """A few words, and how they are meant. `icon` is a shape beside the words, for who does not see the colour."""

    text: str
    tone: Tone
    icon: str = ""


def subject(block: Block, flattened: Flattened) -> Block:
    """Return the block that a network interface belongs to: the file system of a mount target, else itself."""
    named = reference(block.body.get("file_system_id")) if block.type == "aws_efs_mount_target" else None
    return next((each for each in blocks(flattened, "aws_efs_file_system") if named and each.name == named[0]), block)


_ENDPOINT_LINES = 3
PUBLIC = Badge(text="public address", tone="warn", icon="globe")


def facts(block: Block, flattened: Flattened) -> tuple[tuple[str, ...], tuple[Badge, ...]]:
    """Return lines that say what a block is, and its badges. What is known only to AWS is left out."""
    tell = {
        "aws_db_instance": _database,
        "aws_ecs_service": _service,
        "aws_efs_file_system": _file_system,
        "aws_lb": _load_balancer,
        "aws_vpc_endpoint": _endpoints,
    }.get(block.type)
    if tell is None:
        return (), ()
    lines, badges = tell(block, flattened)
    return tuple(line for line in lines if line), tuple(badges)


def encryption(body: Mapping[str, Any], argument: str) -> Badge:
    """Return whether a block encrypts what it stores."""
    if body.get(argument) is True:
        return Badge(text="encrypted", tone="good", icon="lock")
    return Badge(text="not encrypted", tone="bad", icon="unlocked")


def _database(block: Block, _flattened: Flattened) -> tuple[list[str], list[Badge]]:
    body = block.body
    several = body.get("multi_az") is True
    days = body.get("backup_retention_period")
    badges = [
        encryption(body, "storage_encrypted"),
        Badge(text="Multi-AZ" if several else "one zone", tone="good" if several else "plain"),
    ]
    if isinstance(days, int):
        badges.append(Badge(text=f"backups {days} d" if days else "no backups", tone="plain" if days else "bad"))
    return [_words(body.get("engine"), body.get("engine_version")), _words(body.get("instance_class"))], badges


def _service(block: Block, flattened: Flattened) -> tuple[list[str], list[Badge]]:
    body = block.body
    count = body.get("desired_count")
    badges = [Badge(text="1 task" if count == 1 else f"{count} tasks", tone="plain")] if isinstance(count, int) else []
    if body.get("enable_execute_command") is True:
        badges.append(Badge(text="Exec on", tone="plain"))
    definition = reference(body.get("task_definition"))
    image = ""
    for each in blocks(flattened, "aws_ecs_task_definition"):
        if definition and each.name == definition[0]:
            image = next(_images(each.body.get("container_definitions")), "")
    return [image.rpartition("/")[2] or _words(body.get("launch_type"))], badges


def _images(definitions: object) -> Iterator[str]:
    try:
        containers = json.loads(definitions) if isinstance(definitions, str) else definitions
    except ValueError:
        return
    for container in containers if isinstance(containers, list) else []:
        if isinstance(container, dict) and isinstance(container.get("image"), str):
            yield container["image"]


def _file_system(block: Block, flattened: Flattened) -> tuple[list[str], list[Badge]]:
    badges = [encryption(block.body, "encrypted")]
    if "availability_zone_name" in block.body:
        badges.append(Badge(text="one zone", tone="plain"))
    else:
        badges.append(Badge(text="Multi-AZ", tone="good"))
    for policy in blocks(flattened, "aws_efs_backup_policy"):
        target = reference(policy.body.get("file_system_id"))
        if target and target[0] == block.name and _enabled(policy.body.get("backup_policy")):
            badges.append(Badge(text="backups", tone="plain"))
    return ["Elastic File System"], badges


def _enabled(block: object) -> bool:
    first = block[0] if isinstance(block, list) and block else block
    return isinstance(first, dict) and first.get("status") == "ENABLED"


def _load_balancer(block: Block, flattened: Flattened) -> tuple[list[str], list[Badge]]:
    protocols, plain = set(), []
    for listener in blocks(flattened, "aws_lb_listener"):
        target = reference(listener.body.get("load_balancer_arn"))
        if target and target[0] == block.name:
            protocols.add(str(listener.body.get("protocol", "HTTP")))
            if listener.body.get("protocol", "HTTP") == "HTTP":
                plain.append(only_redirects(listener, flattened))
    badges = []
    if protocols & {"HTTPS", "TLS"}:
        badges.append(Badge(text="HTTPS", tone="good", icon="lock"))
    if plain and all(plain):
        badges.append(Badge(text="HTTP redirects to HTTPS", tone="plain"))
    elif plain and badges:
        badges.append(Badge(text="HTTP too", tone="warn", icon="unlocked"))
    elif protocols and not badges:
        badges.append(Badge(text="HTTP only", tone="warn", icon="unlocked"))
    return [_words(block.body.get("load_balancer_type", "application")), *_names(block, flattened)], badges


def _names(block: Block, flattened: Flattened) -> Iterator[str]:
    """Yield the names that lead to a load balancer."""
    for record in blocks(flattened, "aws_route53_record"):
        targets = [reference(alias.get("name")) for alias in record.body.get("alias") or () if isinstance(alias, dict)]
        if any(target and target[0] == block.name for target in targets):
            yield _words(record.body.get("name"))


def _endpoints(block: Block, flattened: Flattened) -> tuple[list[str], list[Badge]]:
    """Tell of all interface endpoints of a VPC at once: they share a box."""
    vpc = block.body.get("vpc_id")
    beside = [each for each in blocks(flattened, "aws_vpc_endpoint")
              if each.body.get("vpc_id") == vpc and each.body.get("vpc_endpoint_type") == "Interface"]  # fmt: skip
    names = sorted(_service_name(str(each.body.get("service_name"))) for each in beside)
    per_line = -(-len(names) // _ENDPOINT_LINES)
    lines = [", ".join(names[at : at + per_line]) for at in range(0, len(names), per_line)]
    policies = sum("policy" in each.body for each in beside)
    badge = Badge(text=f"{policies} of {len(beside)} with a policy", tone="plain", icon="lock" if policies else "")
    return lines, [badge]


def _service_name(name: str) -> str:
    """Return `ecr.api` of `com.amazonaws.eu-west-1.ecr.api`."""
    return name.partition("com.amazonaws.")[2].partition(".")[2] or name


def _words(*parts: object) -> str:
    return " ".join(part for part in parts if isinstance(part, str) and not part.startswith("${"))
