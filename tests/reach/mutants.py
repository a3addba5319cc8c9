"""The example with one flow opened or closed, and which block is to be named for it."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

Document = dict[str, Any]
Change = Callable[[Document], None]

OPENED, CLOSED = "CAPGEN_40", "CAPGEN_41"
ROOT = "eu-west-1"

_SECURITY, _SERVICE, _BALANCER = "modules/security", "modules/service", "modules/load_balancer"
_DATABASE, _STORAGE = "modules/database", "modules/storage"

_IN, _OUT = "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"
_GROUP = "module.security.aws_security_group"
_WEB = f'module.security.{_IN}.web_http["0.0.0.0/0"]'
_MANAGEMENT = f'module.security.{_IN}.management["10.0.0.5/32"]'
_EGRESS = f'module.security.{_OUT}.egress["0.0.0.0/0:443"]'
_LB, _TASKS = "module.load_balancer.aws_lb.this", "module.service.aws_ecs_service.this"
_DB, _DEFINITION = "module.database.aws_db_instance.this", "module.service.aws_ecs_task_definition.this"
_LISTENER = "module.load_balancer.aws_lb_listener.http"
_TARGETS = "module.load_balancer.aws_lb_target_group.web"
_MOUNTS = "module.storage.aws_efs_mount_target.this"
_FIRST_MOUNT = f'{_MOUNTS}["subnet-0a1b2c3d4e5f60718"]'


@dataclass(frozen=True)
class Mutant:
    """`change` breaks `main.tf.json` of a folder; `told` is every check and address that is found, and no other."""

    name: str
    folder: str
    change: Change
    told: frozenset[tuple[str, str]]
    words: str = field(default="")


def in_group(group: str) -> str:
    return "${aws_security_group." + group + ".id}"


def put(path: str, value: Any) -> Change:
    """Set a value below `resource`, at a path such as `aws_lb/this/internal`."""

    def change(document: Document) -> None:
        *parents, last = path.split("/")
        node = document["resource"]
        for key in parents:
            node = node[int(key) if isinstance(node, list) else key]
        node[last] = value

    return change


def drop(type: str, label: str) -> Change:
    """Remove a resource."""

    def change(document: Document) -> None:
        del document["resource"][type][label]

    return change


def both(*changes: Change) -> Change:
    def change(document: Document) -> None:
        for each in changes:
            each(document)

    return change


def pass_on(module: str, argument: str, value: Any) -> Change:
    """Let the root pass another value to a module."""

    def change(document: Document) -> None:
        document["module"][module][argument] = value

    return change


def containers(change_text: Callable[[str], str]) -> Change:
    """Change the text of the container definitions."""

    def change(document: Document) -> None:
        definition = document["resource"]["aws_ecs_task_definition"]["this"]
        changed = change_text(json.dumps(definition))
        assert changed != json.dumps(definition)
        document["resource"]["aws_ecs_task_definition"]["this"] = json.loads(changed)

    return change


def _opened(address: str) -> tuple[str, str]:
    return (OPENED, address)


def _closed(address: str) -> tuple[str, str]:
    return (CLOSED, address)


def _mutants() -> Iterator[Mutant]:
    yield from _dropped()
    yield from _rules()
    yield from _older_rules()
    yield from _members()
    yield from _answers()
    yield from _addresses()


def _mutant(name: str, folder: str, change: Change, *told: tuple[str, str], words: str = "") -> Mutant:
    return Mutant(name, folder, change, frozenset(told), words)


def _dropped() -> Iterator[Mutant]:
    """Each rule once: the group that it belonged to is named."""
    for type, label, group in (
        (_IN, "web_http", "load_balancer"),
        (_IN, "management", "task"),
        (_IN, "web", "task"),
        (_IN, "database", "database"),
        (_IN, "storage", "storage"),
        (_OUT, "web", "load_balancer"),
        (_OUT, "database", "task"),
        (_OUT, "storage", "task"),
        (_OUT, "egress", "task"),
    ):
        change, address = drop(type, label), _closed(f"{_GROUP}.{group}")
        yield _mutant(f"without {type} {label}", _SECURITY, change, address, words="cannot reach")


def _rules() -> Iterator[Mutant]:
    """Rules that let through something else."""
    world = "the Internet (0.0.0.0/0) can reach the database on tcp 5432"
    yield _mutant("the database is open to the world", ROOT, pass_on("security", "database_cidrs", ["0.0.0.0/0"]),
                  _opened(f'module.security.{_IN}.database_direct["0.0.0.0/0"]'),
                  words=world.replace("the Internet", "every address with a route"))  # fmt: skip
    yield _mutant("one more range reaches the tasks", ROOT,
                  pass_on("security", "management_cidrs", ["10.0.0.5/32", "10.0.0.6/32"]),
                  _opened(f'module.security.{_IN}.management["10.0.0.6/32"]'),
                  words="10.0.0.6/32 can reach the tasks on tcp 20001")  # fmt: skip
    yield _mutant("a wider range reaches the tasks", _SECURITY, put(f"{_IN}/management/cidr_ipv4", "10.0.0.0/8"),
                  _opened(_MANAGEMENT), words="10.0.0.0/8 can reach the tasks")  # fmt: skip
    yield _mutant("a narrower range reaches the load balancer", _SECURITY,
                  put(f"{_IN}/web_http/cidr_ipv4", "10.0.0.0/8"), _opened(_WEB), _closed(_WEB))  # fmt: skip
    yield _mutant("the IPv6 world reaches the load balancer", _SECURITY, both(
                  put(f"{_IN}/more", {"security_group_id": in_group("load_balancer"), "cidr_ipv6": "::/0",
                                      "ip_protocol": "tcp", "from_port": 80, "to_port": 80})),
                  _opened(f"module.security.{_IN}.more"), words="the Internet (::/0)")  # fmt: skip
    yield _mutant("a prefix list reaches the load balancer", _SECURITY,
                  put(f"{_IN}/more", {"security_group_id": in_group("load_balancer"), "prefix_list_id": "pl-0a1b2c3d",
                                      "ip_protocol": "tcp", "from_port": 80, "to_port": 80}),
                  _opened(f"module.security.{_IN}.more"), words="pl-0a1b2c3d can reach the load balancer")  # fmt: skip
    yield _mutant("a range of the VPC's own reaches the database", _SECURITY,
                  put(f"{_IN}/more", {"security_group_id": in_group("database"), "cidr_ipv4": "${var.vpc_id}",
                                      "ip_protocol": "tcp", "from_port": 5432, "to_port": 5432}),
                  _opened(f"module.security.{_IN}.more"))  # fmt: skip
    yield _mutant("a group from elsewhere reaches the database", _SECURITY,
                  put(f"{_IN}/database/referenced_security_group_id", "sg-0a1b2c3d"),
                  _opened(f"module.security.{_IN}.database"), _closed(f"module.security.{_IN}.database"),
                  words="sg-0a1b2c3d can reach the database")  # fmt: skip
    yield _mutant("another port of the load balancer", _SECURITY, both(put(f"{_IN}/web_http/from_port", 8443),
                  put(f"{_IN}/web_http/to_port", 8443)), _opened(_WEB), _closed(_WEB),
                  words="tcp 8443 (nothing answers there)")  # fmt: skip
    yield _mutant("more ports of the load balancer", _SECURITY, put(f"{_IN}/web_http/to_port", 443), _opened(_WEB),
                  words="tcp 80-443")  # fmt: skip
    yield _mutant("all protocols of the load balancer", _SECURITY, put(f"{_IN}/web_http/ip_protocol", "-1"),
                  _opened(_WEB), words="all protocols")  # fmt: skip
    yield _mutant("UDP in the place of TCP", _SECURITY, put(f"{_IN}/web_http/ip_protocol", "udp"), _opened(_WEB),
                  _closed(_WEB), words="udp 80")  # fmt: skip
    yield _mutant("another port towards the database", _SECURITY, both(put(f"{_OUT}/database/from_port", 5433),
                  put(f"{_OUT}/database/to_port", 5433)), _closed(f"module.security.{_OUT}.database"))  # fmt: skip
    yield _mutant("another port of the file system", _SECURITY, both(put(f"{_IN}/storage/from_port", 111),
                  put(f"{_IN}/storage/to_port", 111)), _closed(f"module.security.{_IN}.storage"))  # fmt: skip
    yield _mutant("all ports between the tasks and the database", _SECURITY,
                  both(*(put(f"{type}/database/ip_protocol", "-1") for type in (_IN, _OUT))),
                  _opened(f"module.security.{_IN}.database"), words="all protocols")  # fmt: skip
    yield _mutant("the load balancer in the tasks' place", _SECURITY,
                  put(f"{_IN}/database/referenced_security_group_id", in_group("load_balancer")),
                  _closed(f"module.security.{_IN}.database"))  # fmt: skip
    yield _mutant("the tasks towards the wrong group", _SECURITY,
                  put(f"{_OUT}/storage/referenced_security_group_id", in_group("database")),
                  _closed(f"module.security.{_OUT}.storage"))  # fmt: skip
    yield _mutant("the rule of the database in another group", _SECURITY,
                  put(f"{_IN}/database/security_group_id", in_group("storage")),
                  _closed(f"module.security.{_IN}.database"))  # fmt: skip
    yield _mutant("a way from the load balancer to the database", _SECURITY, both(
                  put(f"{_IN}/more", {"security_group_id": in_group("database"), "ip_protocol": "tcp",
                                      "referenced_security_group_id": in_group("load_balancer"),
                                      "from_port": 5432, "to_port": 5432}),
                  put(f"{_OUT}/more", {"security_group_id": in_group("load_balancer"), "ip_protocol": "tcp",
                                       "referenced_security_group_id": in_group("database"),
                                       "from_port": 5432, "to_port": 5432})),
                  _opened(f"module.security.{_IN}.more"), words="the load balancer can reach the database")  # fmt: skip
    yield _mutant("the tasks to anywhere on all ports", _SECURITY, put(f"{_OUT}/egress/ip_protocol", "-1"),
                  _opened(_EGRESS), words="the tasks can reach the Internet (0.0.0.0/0) on all protocols")  # fmt: skip
    yield _mutant("one more destination of the tasks", ROOT, pass_on("security", "egress", {
                  "0.0.0.0/0:443": {"cidr": "0.0.0.0/0", "port": 443, "description": "HTTPS"},
                  "0.0.0.0/0:25": {"cidr": "0.0.0.0/0", "port": 25, "description": "Mail"}}),
                  _opened(f'module.security.{_OUT}.egress["0.0.0.0/0:25"]'), words="tcp 25")  # fmt: skip


def _older_rules() -> Iterator[Mutant]:
    """Rules in other forms than capgen writes them."""
    inline = {"from_port": 5432, "to_port": 5432, "protocol": "tcp"}
    yield _mutant("an inline rule of the database", _SECURITY,
                  put("aws_security_group/database/ingress", [{**inline, "cidr_blocks": ["10.1.0.0/16"]}]),
                  _opened(f"{_GROUP}.database"), words="10.1.0.0/16 can reach the database")  # fmt: skip
    everywhere = {"from_port": 0, "to_port": 0, "protocol": "-1", "ipv6_cidr_blocks": ["::/0"]}
    yield _mutant("an inline rule of the tasks' egress", _SECURITY,
                  put("aws_security_group/task/egress", everywhere), _opened(f"{_GROUP}.task"),
                  words="the tasks can reach the Internet (::/0) on all protocols")  # fmt: skip
    yield _mutant("a group that lets itself in and out", _SECURITY, both(*(
                  put(f"aws_security_group/task/{direction}", [{"from_port": 0, "to_port": 65535, "protocol": "tcp",
                                                                "self": True}])
                  for direction in ("ingress", "egress"))),
                  _opened(f"{_GROUP}.task"), words="the tasks can reach the tasks on all ports of tcp")  # fmt: skip
    yield _mutant("a rule of the older resource", _SECURITY,
                  put("aws_security_group_rule", {"more": {**inline, "type": "ingress", "cidr_blocks": ["0.0.0.0/0"],
                                                           "security_group_id": in_group("task")}}),
                  _opened("module.security.aws_security_group_rule.more"),
                  words="the Internet (0.0.0.0/0) can reach the tasks on tcp 5432 (nothing answers there)")  # fmt: skip


def _members() -> Iterator[Mutant]:
    """Something is in a group that it should not be in."""
    yield _mutant("the database in the load balancer's group", ROOT,
                  pass_on("database", "security_group_id", "${module.security.load_balancer_security_group_id}"),
                  _opened(_DB), _closed(_DB), words="can reach the database on tcp 80")  # fmt: skip
    yield _mutant("the load balancer in the storage's group", ROOT,
                  pass_on("load_balancer", "security_group_id", "${module.security.storage_security_group_id}"),
                  _opened(_LB), _closed(_LB), words="the tasks can reach the load balancer on tcp 2049")  # fmt: skip
    yield _mutant("one mount target in another group", _STORAGE,
                  put("aws_efs_mount_target/this/security_groups",
                      '${each.value == "subnet-0a1b2c3d4e5f60718" ? [] : [var.security_group_id]}'),
                  _opened(_FIRST_MOUNT), _closed(_FIRST_MOUNT),
                  words="so the default group of the VPC decides who can reach")  # fmt: skip


def _answers() -> Iterator[Mutant]:
    """Nothing answers any more."""
    yield _mutant("no listener", _BALANCER, drop("aws_lb_listener", "http"), _closed(_LB), _closed(_TARGETS),
                  words="no listener of the load balancer is on port 80")  # fmt: skip
    yield _mutant("the listener on another port", _BALANCER, put("aws_lb_listener/http/port", 8080),
                  _closed(_LISTENER), words="no listener of the load balancer is on port 80")  # fmt: skip
    yield _mutant("the listener forwards nowhere", _BALANCER,
                  put("aws_lb_listener/http/default_action", [{"type": "fixed-response"}]), _closed(_LISTENER),
                  words="no listener forwards to the target group of the tasks")  # fmt: skip
    yield _mutant("another port of the target group", _BALANCER, put("aws_lb_target_group/web/port", 9090),
                  _closed(_TARGETS), words="its port is 9090, and the tasks are registered on 8080")  # fmt: skip
    yield _mutant("a target group of instances", _BALANCER, put("aws_lb_target_group/web/target_type", "instance"),
                  _closed(_TARGETS), words="target_type has to be ip")  # fmt: skip
    yield _mutant("health checks on another port", _BALANCER,
                  put("aws_lb_target_group/web/health_check/0/port", "9090"), _closed(_TARGETS),
                  words="health checks go to port 9090")  # fmt: skip
    yield _mutant("the tasks registered on another port", _SERVICE,
                  put("aws_ecs_service/this/load_balancer/0/container_port", 20001), _closed(_TASKS),
                  words="the tasks are registered with the load balancer on 20001")  # fmt: skip
    yield _mutant("the tasks not registered at all", _SERVICE, put("aws_ecs_service/this/load_balancer", []),
                  _closed(_TASKS), words="the tasks are registered with the load balancer on no port")  # fmt: skip
    yield _mutant("the container without its web port", _SERVICE,
                  containers(lambda text: text.replace("${jsonencode(var.web_port)}", "9090")), _closed(_DEFINITION),
                  words="the container that is registered does not have port 8080")  # fmt: skip
    yield _mutant("the container without its management port", _SERVICE,
                  containers(lambda text: text.replace("${jsonencode(var.management_port)}", "9090")),
                  _closed(_DEFINITION), words="no container has port 20001")  # fmt: skip
    yield _mutant("the database on another port", _DATABASE, put("aws_db_instance/this/port", 5433), _closed(_DB),
                  words="it listens on 5433")  # fmt: skip


def _addresses() -> Iterator[Mutant]:
    """Who has an address on the Internet."""
    yield _mutant("a public database", _DATABASE, put("aws_db_instance/this/publicly_accessible", True), _opened(_DB),
                  words="a public address may be given to the database")  # fmt: skip
    yield _mutant("tasks without a public address", _SERVICE,
                  put("aws_ecs_service/this/network_configuration/0/assign_public_ip", False), _closed(_TASKS),
                  words="no public address is given to the tasks")  # fmt: skip
    yield _mutant("an internal load balancer", _BALANCER, put("aws_lb/this/internal", True), _closed(_LB),
                  words="no public address is given to the load balancer")  # fmt: skip


MUTANTS = tuple(_mutants())
