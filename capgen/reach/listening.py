"""What answers on which port: listeners of load balancers, containers of tasks, databases, file systems."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from capgen.evaluate import Block, Flattened, blocks
from capgen.reach.rule import name_of, nested

NFS, HTTPS = 2049, 443

_DATABASE_PORTS = {"postgres": 5432, "mysql": 3306, "mariadb": 3306, "oracle": 1521, "sqlserver": 1433, "db2": 50000}
"""https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html"""


@dataclass(frozen=True, kw_only=True)
class Registration:
    """That a service's tasks are registered with a target group, on a port of one of their containers.

    `balancers` are the load balancers with a listener that forwards to the group, `exposed` says that the container has
    the port. Names are those of blocks.
    """

    service: Block
    target_group: str
    port: int | None
    balancers: frozenset[str]
    exposed: bool

    @property
    def works(self) -> bool:
        """Say whether requests arrive."""
        return bool(self.balancers) and self.exposed


@dataclass(frozen=True)
class Listening:
    """Looks up what a region listens on."""

    flattened: Flattened
    unreadable: list[str] = field(default_factory=list)

    def ports(self, block: Block) -> tuple[int, ...]:
        """Return the TCP ports on which a block answers, lowest first."""
        body = block.body
        found: list[int | None] = []
        if block.type in ("aws_lb", "aws_alb"):
            found = [number(listener.body.get("port")) for listener in self.listeners(block.name)]
        elif block.type == "aws_ecs_service":
            found = [port for container in self.containers(block) for port in container_ports(container)]
        elif block.type == "aws_db_instance":
            found = [number(body["port"]) if "port" in body else _database_port(str(body.get("engine")))]
        elif block.type == "aws_efs_mount_target":
            found = [NFS]
        elif block.type == "aws_vpc_endpoint":
            found = [HTTPS]
        return tuple(sorted({port for port in found if port is not None}))

    def registrations(self, service: Block) -> Iterator[Registration]:
        """Yield how the tasks of a service are registered with target groups."""
        for entry in nested(service.body.get("load_balancer")):
            group, port = name_of(entry.get("target_group_arn")), number(entry.get("container_port"))
            balancers = {balancer for balancer, groups in self._forwarded if group in groups}
            exposed = any(container.get("name") == entry.get("container_name") and port in container_ports(container)
                          for container in self.containers(service))  # fmt: skip
            yield Registration(service=service, target_group=group, port=port, balancers=frozenset(balancers),
                               exposed=exposed)  # fmt: skip

    def registered(self) -> set[tuple[str, str, int | None]]:
        """Return load balancer, service and port of every registration that works, by the names of the blocks."""
        return {
            (balancer, registration.service.name, registration.port)
            for service in blocks(self.flattened, "aws_ecs_service")
            for registration in self.registrations(service)
            if registration.works
            for balancer in registration.balancers
        }

    def containers(self, service: Block) -> list[Mapping[str, Any]]:
        """Return the container definitions of a service; none where they cannot be read."""
        definition = self.definition(service)
        if definition is None:
            self._cannot_read(service.address)
            return []
        try:
            found = json.loads(str(definition.body.get("container_definitions")))
        except ValueError:
            found = None
        if not isinstance(found, list) or not all(isinstance(container, dict) for container in found):
            self._cannot_read(definition.address)
            return []
        return found

    def definition(self, service: Block) -> Block | None:
        """Return the task definition of a service, if it is one of this region."""
        named = name_of(service.body.get("task_definition"))
        return next((block for block in blocks(self.flattened, "aws_ecs_task_definition") if block.name == named), None)

    def _cannot_read(self, address: str) -> None:
        message = f"The containers of {address} are not written in a form that can be read, nor are their ports."
        if message not in self.unreadable:
            self.unreadable.append(message)

    def listeners(self, balancer: str) -> list[Block]:
        """Return the listeners of a load balancer."""
        return [block for block in self._listeners if name_of(block.body.get("load_balancer_arn")) == balancer]

    @cached_property
    def _listeners(self) -> list[Block]:
        return [block for block in blocks(self.flattened, "aws_lb_listener", "aws_alb_listener") if not block.is_data]

    @cached_property
    def _forwarded(self) -> list[tuple[str, frozenset[str]]]:
        """Each listener's load balancer, with the target groups that it or one of its rules forwards to."""
        rules = list(blocks(self.flattened, "aws_lb_listener_rule", "aws_alb_listener_rule"))
        found = []
        for listener in self._listeners:
            actions = nested(listener.body.get("default_action"))
            for rule in rules:
                if name_of(rule.body.get("listener_arn")) == listener.name:
                    actions = [*actions, *nested(rule.body.get("action"))]
            groups = frozenset(group for action in actions for group in _target_groups(action))
            found.append((name_of(listener.body.get("load_balancer_arn")), groups))
        return found


def container_ports(container: Mapping[str, Any]) -> list[int | None]:
    """Return the TCP ports that a container exposes. In awsvpc the host's port is the same."""
    mappings = nested(container.get("portMappings"))
    return [number(mapping.get("containerPort")) for mapping in mappings if mapping.get("protocol", "tcp") == "tcp"]


def number(value: object) -> int | None:
    """Return a port that is a number, or the text of one; None for what only AWS knows."""
    return int(str(value)) if str(value).isdecimal() else None


def _target_groups(action: Mapping[str, Any]) -> Iterator[str]:
    if action.get("target_group_arn") is not None:
        yield name_of(action["target_group_arn"])
    for forward in nested(action.get("forward")):
        for group in nested(forward.get("target_group")):
            yield name_of(group.get("arn"))


def _database_port(engine: str) -> int | None:
    return next((port for name, port in _DATABASE_PORTS.items() if engine.startswith(name)), None)
