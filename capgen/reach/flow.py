"""What can connect to what, as the compiled resources have it."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Node:
    """Something that has a network interface. `tier` is load_balancer, task, database, storage or another word.

    `public` says that it has, or may get, an address on the Internet. `ports` are those on which it listens. `subnets`
    are those in which it stands, as they are written.
    """

    address: str
    tier: str
    public: bool
    ports: tuple[int, ...] = ()
    subnets: tuple[str, ...] = ()


@dataclass(frozen=True, order=True, kw_only=True)
class Flow:
    """One flow that security groups let through.

    `source` and `destination` are a tier, the address of a second one of its tier, or a range; where only AWS knows the
    range, the text that stands for it. `from_port` and `to_port` are 0 and 65535 for all ports,
    `protocol` is "all" for all protocols. `internet` says that one end is the Internet: the range has public addresses
    and the node has one. `listens` says that something answers there, as far as that
    is one of these nodes. `rules` are the addresses of the rules that open it.
    """

    source: str
    destination: str
    protocol: str
    from_port: int
    to_port: int
    internet: bool
    listens: bool = field(compare=False)
    rules: tuple[str, ...] = field(compare=False)

    def to_json(self) -> dict[str, Any]:
        """Return the flow as plain data."""
        return {"source": self.source, "destination": self.destination, "protocol": self.protocol,
                "from_port": self.from_port, "to_port": self.to_port, "internet": self.internet,
                "listens": self.listens, "rules": list(self.rules)}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Need:
    """Something that the tasks must reach in AWS, such as the image's registry, and the way there.

    `way` is how they get there, such as "public address" or "NAT"; None when there is none.
    """

    what: str
    service: str
    way: str | None

    def to_json(self) -> dict[str, Any]:
        """Return the need as plain data."""
        return {"what": self.what, "service": self.service, "way": self.way}


@dataclass(frozen=True, kw_only=True)
class Reachability:
    """The whole of a region: nodes, flows in order, what the tasks need, and sentences on what cannot be known."""

    nodes: tuple[Node, ...] = ()
    flows: tuple[Flow, ...] = ()
    needs: tuple[Need, ...] = ()
    unknown: tuple[str, ...] = ()
