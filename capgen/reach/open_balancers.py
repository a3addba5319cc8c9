"""Network load balancers without a security group: whoever has a route to them reaches their listeners.

https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-security-groups.html
"""

from collections.abc import Iterator

from capgen.evaluate import Block, Flattened, blocks
from capgen.reach.ports import Ports, parse_ports
from capgen.reach.rule import INGRESS, Rule, in_place, name_of

BALANCERS, LISTENERS = ("aws_lb", "aws_alb"), ("aws_lb_listener", "aws_alb_listener")

_PROTOCOLS = {"UDP": ("udp",), "QUIC": ("udp",), "TCP_UDP": ("tcp", "udp"), "TCP_QUIC": ("tcp", "udp")}


def is_open(block: Block) -> bool:
    """Say whether a block is a load balancer that no security group guards."""
    kind = block.body.get("load_balancer_type", "application")
    return block.type in BALANCERS and kind != "application" and not in_place(block.body.get("security_groups"))


def open_rules(flattened: Flattened) -> Iterator[Rule]:
    """Yield what each listener of such a load balancer lets in, as rules of a group that has the balancer's name."""
    listeners = [block for block in blocks(flattened, *LISTENERS) if not block.is_data]
    for balancer in filter(is_open, blocks(flattened, *BALANCERS)):
        ranges = ("0.0.0.0/0", "::/0") if balancer.body.get("ip_address_type") == "dualstack" else ("0.0.0.0/0",)
        for listener in listeners:
            if name_of(listener.body.get("load_balancer_arn")) == balancer.name:
                yield from (
                    Rule(group=balancer.name, direction=INGRESS, ports=ports, peer=peer, by_group=False,
                         address=listener.address)
                    for ports in _ports(listener) for peer in ranges
                )  # fmt: skip


def _ports(listener: Block) -> Iterator[Ports]:
    port = listener.body.get("port")
    for protocol in _PROTOCOLS.get(str(listener.body.get("protocol")), ("tcp",)):
        yield parse_ports(protocol, port, port)[0]
