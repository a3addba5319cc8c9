"""What makes a record one of a group, and how Route 53 chooses it."""

from collections.abc import Callable, Mapping

from capgen.components.dns.plan import Shape
from capgen.terraform.expression import Argument
from capgen.terraform.module import Module


def routing_policy(module: Module, shape: Shape) -> dict[str, Argument]:
    """Return the arguments of the record that its routing asks for. A simple record is the only one of its name.

    https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy.html
    """
    if shape.routing == "simple":
        return {}
    identifier = module.variable(
        "set_identifier", "string", "What tells this record from the others of its name.",
        validations=[(
            "length(var.set_identifier) >= 1 && length(var.set_identifier) <= 128",
            "set_identifier must have 1 to 128 characters.",
        )],
    )  # fmt: skip
    return {"set_identifier": identifier, f"{shape.routing}_routing_policy": [_POLICIES[shape.routing](module)]}


def _failover(module: Module) -> dict[str, Argument]:
    description = "PRIMARY for the region that serves while it is healthy, SECONDARY for the one that stands by."
    return {"type": module.variable(
        "failover_type", "string", description,
        validations=[(
            'contains(["PRIMARY", "SECONDARY"], var.failover_type)', "failover_type must be PRIMARY or SECONDARY."
        )],
    )}  # fmt: skip


def _latency(module: Module) -> dict[str, Argument]:
    return {"region": module.variable("region", "string", "Region of the load balancer.")}


def _weighted(module: Module) -> dict[str, Argument]:
    return {"weight": module.variable(
        "weight", "number", "Share of this record among those of its name; 0 sends it nothing.",
        validations=[(
            "var.weight >= 0 && var.weight <= 255 && floor(var.weight) == var.weight",
            "weight must be a whole number from 0 to 255.",
        )],
    )}  # fmt: skip


_POLICIES: Mapping[str, Callable[[Module], dict[str, Argument]]] = {
    "failover": _failover,
    "latency": _latency,
    "weighted": _weighted,
}
