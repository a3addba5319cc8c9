"""Small regions, written by hand as Terraform JSON of one root."""

import json
from pathlib import Path
from typing import Any

from capgen.evaluate import Flattened
from capgen.reach import Flow, Reachability, reachability
from capgen.topology import DeclaredNetwork
from tests.reach.judged import flattened

Resources = dict[str, dict[str, dict[str, Any]]]

IN, OUT = "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"

NOTHING = DeclaredNetwork()


def group(label: str) -> str:
    """Refer to a group of the region."""
    return "${aws_security_group." + label + ".id}"


def rule(of: str, port: int | None, protocol: str = "tcp", *, last: Any = None, **peer: str) -> dict[str, Any]:
    """Return the body of a rule resource; the peer is an argument such as cidr_ipv4."""
    ports = {} if port is None else {"from_port": port, "to_port": port if last is None else last}
    return {"security_group_id": group(of), "ip_protocol": protocol, **ports, **peer}


def groups(*labels: str) -> Resources:
    return {"aws_security_group": {label: {"name": label} for label in labels}}


def balancer(label: str = "this", of: str = "alb", *, internal: bool = False) -> Resources:
    """Return a load balancer with a listener on port 80."""
    listener = {"load_balancer_arn": "${aws_lb." + label + ".arn}", "port": 80}
    return {
        "aws_lb": {label: {"internal": internal, "security_groups": [group(of)], "subnets": ["subnet-1"]}},
        "aws_lb_listener": {label: {**listener, "default_action": [{"type": "redirect"}]}},
    }


def database(of: str = "db", **arguments: Any) -> Resources:
    return {"aws_db_instance": {"this": {"engine": "postgres", "vpc_security_group_ids": [group(of)], **arguments}}}


def service(of: str = "task", *ports: int, **arguments: Any) -> Resources:
    """Return a service and its task definition."""
    container = {"name": "agent", "image": "example.com/a/b:1", "portMappings": [{"containerPort": p} for p in ports]}
    network = {"security_groups": [group(of)], "subnets": ["subnet-1"], "assign_public_ip": False}
    body = {"task_definition": "${aws_ecs_task_definition.this.arn}", "network_configuration": [network]}
    return {
        "aws_ecs_service": {"this": {**body, **arguments}},
        "aws_ecs_task_definition": {"this": {"container_definitions": json.dumps([container])}},
    }


def files(of: str = "efs") -> Resources:
    """Return two mount targets of one file system."""
    body = {"file_system_id": "${aws_efs_file_system.this.id}", "security_groups": [group(of)]}
    return {
        "aws_efs_file_system": {"this": {}},
        "aws_efs_mount_target": {f"in_{zone}": {**body, "subnet_id": f"subnet-{zone}"} for zone in ("a", "b")},
    }


def together(*parts: Resources) -> Resources:
    """Put resources together; a block that comes twice is the last one."""
    whole: Resources = {}
    for part in parts:
        for type, labelled in part.items():
            whole[type] = {**whole.get(type, {}), **labelled}
    return whole


def region_of(folder: Path, *parts: Resources, data: Resources | None = None) -> Flattened:
    """Write resources as a root and flatten it."""
    document: dict[str, Any] = {"resource": together(*parts), "provider": {"aws": {"region": "eu-west-1"}}}
    root = folder / "deployment" / "eu-west-1"
    root.mkdir(parents=True, exist_ok=True)
    text = json.dumps(document | ({"data": data} if data else {}))
    (root / "main.tf.json").write_text(text, encoding="utf-8")
    return flattened(root)


def reached_in(folder: Path, *parts: Resources, declared: DeclaredNetwork = NOTHING) -> Reachability:
    return reachability(region_of(folder, *parts), declared)


def shown(flow: Flow) -> str:
    """Write a flow as `source > destination tcp 80-443`, with marks for what it is beside that."""
    ports = f"{flow.from_port}" if flow.from_port == flow.to_port else f"{flow.from_port}-{flow.to_port}"
    marks = [" internet"] * flow.internet + [" silent"] * (not flow.listens)
    return f"{flow.source} > {flow.destination} {flow.protocol} {ports}{''.join(marks)}"


def flows_in(folder: Path, *parts: Resources) -> list[str]:
    return [shown(flow) for flow in reached_in(folder, *parts).flows]
