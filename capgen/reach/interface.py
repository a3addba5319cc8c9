"""The network interfaces of a region: who stands behind them, and which security groups hold for them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from capgen.evaluate import Block, Flattened, blocks
from capgen.reach.listening import Listening
from capgen.reach.open_balancers import is_open
from capgen.reach.rule import GROUPS, in_place, name_of

LOAD_BALANCER, TASK, DATABASE, STORAGE = "load_balancer", "task", "database", "storage"
ENDPOINT = "vpc_endpoint"

_TIERS = {
    "aws_lb": LOAD_BALANCER,
    "aws_alb": LOAD_BALANCER,
    "aws_ecs_service": TASK,
    "aws_db_instance": DATABASE,
    "aws_efs_mount_target": STORAGE,
    "aws_lambda_function": "lambda",
    "aws_vpc_endpoint": ENDPOINT,
}
_GROUP_ARGUMENTS = frozenset({"security_groups", "security_group_ids", "vpc_security_group_ids"})
_ATTACHMENT = "aws_network_interface_sg_attachment"
_ALWAYS = frozenset({"aws_db_proxy", "aws_elb", "aws_instance", "aws_network_interface", _ATTACHMENT})
"""What stands in the VPC without a word on its groups: the default group of the VPC holds for it then."""
_SUBNET_ARGUMENTS = frozenset({"subnets", "subnet_ids", "subnet_id"})
_PUBLIC_ARGUMENTS = frozenset({"assign_public_ip", "associate_public_ip_address", "publicly_accessible"})


@dataclass(frozen=True, kw_only=True)
class Interface:
    """Something with a network interface in the VPC.

    `name` is the block's; `entity` is the same for interfaces of one thing, such as the mount targets of a file system.
    `groups` are names of blocks, or what else stands there. `public` is None where only AWS knows.
    `is_open` says that no group holds for it, and that its listeners decide: its group is called as it is.
    """

    name: str
    address: str
    tier: str
    entity: str
    groups: tuple[str, ...]
    public: bool | None
    ports: tuple[int, ...]
    subnets: tuple[str, ...]
    is_open: bool = False


def interfaces(flattened: Flattened, listening: Listening) -> Iterator[Interface]:
    """Yield everything that stands in the VPC, by address.

    A type that capgen does not emit stands there if it has security groups; it is called by its type. What names no
    group is in the default group of the VPC, if the region makes that one.
    """
    default = [block.name for block in blocks(flattened, "aws_default_security_group") if not block.is_data]
    subnet_groups = {block.name: block for block in blocks(flattened, "aws_db_subnet_group")}
    for block in sorted(blocks(flattened), key=lambda each: each.address):
        if block.is_data or block.type in GROUPS or not _stands_in_vpc(block):
            continue
        groups = [name_of(group) for value in _groups(block) for group in in_place(value)]
        placed = subnet_groups.get(name_of(block.body.get("db_subnet_group_name")), block)
        subnets = (str(subnet) for value in _values(placed.body, _SUBNET_ARGUMENTS) for subnet in in_place(value))
        yield Interface(
            name=block.name,
            address=block.address,
            tier=_TIERS.get(block.type, block.type.removeprefix("aws_")),
            entity=_entity(block),
            groups=(block.name,) if is_open(block) else tuple(sorted(set(groups or default))),
            public=_public(block),
            ports=listening.ports(block),
            subnets=tuple(sorted(set(subnets))),
            is_open=is_open(block),
        )


def _stands_in_vpc(block: Block) -> bool:
    if block.type == "aws_lambda_function":
        return bool(block.body.get("vpc_config"))
    if block.type == "aws_vpc_endpoint":
        return block.body.get("vpc_endpoint_type") == "Interface"
    return block.type in _TIERS or block.type in _ALWAYS or any(True for _ in _values(block.body, _GROUP_ARGUMENTS))


def _groups(block: Block) -> Iterator[Any]:
    """Yield the groups of a block, or the one that an attachment puts an interface into."""
    if block.type == _ATTACHMENT:
        yield block.body.get("security_group_id")
    else:
        yield from _values(block.body, _GROUP_ARGUMENTS)


def _entity(block: Block) -> str:
    """The mount targets of a file system are one thing, and so are the endpoints of a VPC."""
    if block.type == "aws_efs_mount_target":
        return name_of(block.body.get("file_system_id"))
    if block.type == "aws_vpc_endpoint":
        return f"endpoints of {name_of(block.body.get('vpc_id'))}"
    return block.name


def _public(block: Block) -> bool | None:
    """A load balancer has public addresses unless it is internal; whatever else there is says so itself."""
    if _TIERS.get(block.type) == LOAD_BALANCER:
        internal = _flag(block.body.get("internal", False))
        return None if internal is None else not internal
    flags = [_flag(value) for value in _values(block.body, _PUBLIC_ARGUMENTS)]
    if not flags:
        return None if block.type == "aws_instance" else False
    return True if True in flags else None if None in flags else False


def _flag(value: object) -> bool | None:
    return {"True": True, "true": True, "False": False, "false": False}.get(str(value))


def _values(body: Any, arguments: frozenset[str]) -> Iterator[Any]:
    """Yield the values of arguments, from nested blocks too."""
    if isinstance(body, Mapping):
        for key, value in body.items():
            if key in arguments:
                yield value
            else:
                yield from _values(value, arguments)
    elif isinstance(body, list):
        for item in body:
            yield from _values(item, arguments)
