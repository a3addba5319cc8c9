"""Make the security groups and their rules.

Rules are resources of their own, never blocks of a group, so that changing one leaves the others alone:
https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/security_group
"""

from capgen.components.security.flows import Groups, allow_between, allow_from_ranges, allow_to_ranges
from capgen.components.security.plan import Shape
from capgen.terraform.expression import Expr
from capgen.terraform.module import Module

_NFS_PORT, _HTTPS_PORT = 2049, 443
_TIERS = {
    "load_balancer": ("alb", "Load balancer of"),
    "task": ("task", "Tasks of"),
    "database": ("db", "Database of"),
    "storage": ("efs", "File system of"),
    "endpoint": ("vpce", "VPC endpoints of"),
}


def construct(module: Module, shape: Shape) -> None:
    """Output one group ID per tier."""
    groups = _groups(module, shape)
    _web(module, groups, shape)
    _management(module, groups)
    _database(module, groups)
    allow_between(module, "storage", groups.task, groups.storage, _NFS_PORT, "NFS from the tasks to the file system")
    if groups.endpoint is not None:
        words = "HTTPS from the tasks to the VPC endpoints"
        allow_between(module, "endpoint", groups.task, groups.endpoint, _HTTPS_PORT, words)
    egress = module.variable(
        "egress", "map(object({ cidr = string, port = number, description = string }))",
        "Where the tasks may connect to, keyed by range and port.",
    )  # fmt: skip
    allow_to_ranges(module, "egress", groups.task, egress)


def _groups(module: Module, shape: Shape) -> Groups:
    name = module.variable("name", "string", "Name of the deployment.")
    vpc_id = module.variable("vpc_id", "string", "ID of the VPC.")
    made = {tier: _group(module, tier, f"{name}-{suffix}", f"{words} {name}", vpc_id)
            for tier, (suffix, words) in _TIERS.items() if tier != "endpoint" or shape.endpoints}  # fmt: skip
    return Groups(**made)


def _group(module: Module, tier: str, name: str, description: str, vpc_id: Expr) -> Expr:
    group = module.resource("aws_security_group", tier, {
        "name": name,
        "description": description,
        "vpc_id": vpc_id,
        "tags": {"Name": name},
    })  # fmt: skip
    module.output(f"{tier}_security_group_id", group["id"], f"ID of the security group of tier {tier}.")
    return group


def _web(module: Module, groups: Groups, shape: Shape) -> None:
    cidrs = module.variable("web_cidrs", "list(string)", "Ranges that may reach the load balancer.")
    port = module.variable("web_port", "number", "Web port of the tasks.")
    allow_from_ranges(module, "web_http", groups.load_balancer, cidrs, 80, "HTTP to the load balancer")
    if shape.https:
        allow_from_ranges(module, "web_https", groups.load_balancer, cidrs, 443, "HTTPS to the load balancer")
    allow_between(module, "web", groups.load_balancer, groups.task, port, "Web from the load balancer to the tasks")


def _management(module: Module, groups: Groups) -> None:
    """The Console connects to each task's private address: the load balancer would reach only one task at random."""
    cidrs = module.variable("management_cidrs", "list(string)", "Ranges that may reach the tasks' management port.")
    port = module.variable("management_port", "number", "Management port of the tasks.")
    allow_from_ranges(module, "management", groups.task, cidrs, port, "Management of the agent by the CAP Console")


def _database(module: Module, groups: Groups) -> None:
    cidrs = module.variable("database_cidrs", "list(string)", "Ranges that may reach the database directly.")
    port = module.variable("database_port", "number", "Port of the database.")
    allow_between(module, "database", groups.task, groups.database, port, "PostgreSQL from the tasks to the database")
    allow_from_ranges(module, "database_direct", groups.database, cidrs, port, "Direct access to PostgreSQL")
