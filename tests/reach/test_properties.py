"""What must hold for any rules: more of them open more, and their order means nothing."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from capgen.reach import Flow
from tests.reach.small import IN, OUT, Resources, balancer, database, files, group, groups, reached_in, service

LABELS = ("alb", "task", "db", "efs", "other")
PEERS = [
    *({"cidr_ipv4": cidr} for cidr in ("0.0.0.0/0", "10.0.0.0/8", "10.0.0.5/32")),
    {"cidr_ipv6": "::/0"},
    {"prefix_list_id": "pl-0a1b2c3d"},
    *({"referenced_security_group_id": name} for name in (*map(group, LABELS), "sg-0a1b2c3d")),
]
ONE = st.fixed_dictionaries({
    "type": st.sampled_from([IN, OUT]),
    "security_group_id": st.sampled_from([group(label) for label in LABELS]),
    "ip_protocol": st.sampled_from(["tcp", "udp", "-1"]),
    "ports": st.sampled_from([(80, 80), (2049, 2049), (0, 65535), (5000, 6000)]),
    "peer": st.sampled_from(PEERS),
})  # fmt: skip
SOME = st.lists(ONE, max_size=7)
QUICK = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def flows(rules: list[dict[str, Any]], order: int = 1) -> set[Flow]:
    """Return the flows of a region with these rules, written in one order or the other."""
    written: Resources = {}
    for index, rule in list(enumerate(rules))[::order]:
        first, last = rule["ports"]
        body = {"security_group_id": rule["security_group_id"], "ip_protocol": rule["ip_protocol"],
                "from_port": first, "to_port": last, **rule["peer"]}  # fmt: skip
        written.setdefault(rule["type"], {})[f"r{index}"] = body
    apart = files()
    apart["aws_efs_mount_target"]["in_a"]["security_groups"] = [group("efs"), group("other")]
    parts = [groups(*LABELS), balancer(), service("task", 80), database(), apart, written]
    with TemporaryDirectory() as folder:
        reached = reached_in(Path(folder), *parts[::order])
        return {*reached.flows}


@QUICK
@given(SOME, ONE)
def test_one_more_rule_closes_no_flow(rules: list[dict[str, Any]], more: dict[str, Any]) -> None:
    assert flows(rules) <= flows([*rules, more])


@QUICK
@given(SOME)
def test_the_order_of_blocks_means_nothing(rules: list[dict[str, Any]]) -> None:
    def whole(found: set[Flow]) -> list[dict[str, Any]]:
        return [flow.to_json() for flow in sorted(found)]

    assert whole(flows(rules)) == whole(flows(rules, order=-1))
