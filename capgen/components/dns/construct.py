"""Make the record, and the health check where Route 53 has a choice."""

from capgen.components.dns.health_check import add_health_check
from capgen.components.dns.plan import Shape
from capgen.components.dns.routing import routing_policy
from capgen.terraform.expression import Expr
from capgen.terraform.module import Module


def construct(module: Module, shape: Shape) -> None:
    """Output the name once Route 53 has it.

    The record is an alias, which costs nothing and follows the load balancer's addresses:
    https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-to-elb-load-balancer.html
    """
    balancer = module.variable("load_balancer_dns_name", "string", "DNS name of the load balancer.")
    check = add_health_check(module, shape, balancer) if shape.health_check else None
    record = module.resource("aws_route53_record", "this", {
        "zone_id": _zone(module)["zone_id"],
        "name": "${var.record_name}",
        "type": "A",
        "alias": [{
            "name": balancer,
            "zone_id": module.variable(
                "load_balancer_zone_id", "string", "ID of the hosted zone that the load balancer's DNS name is in."
            ),
            "evaluate_target_health": True,
        }],
        **routing_policy(module, shape),
        "health_check_id": None if check is None else check["id"],
    })  # fmt: skip
    module.output("fqdn", record["fqdn"], "Name under which clients find the deployment.")


def _zone(module: Module) -> Expr:
    """Look the zone up, and refuse one that the name is not in: the provider would append the zone's name to it.

    https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/route53_record#name-1
    """
    name = module.variable(
        "record_name", "string", "Full name of the record.",
        validations=[('can(regex("^[*a-z0-9_.-]+[.]([a-z]{2,63}|xn--[a-z0-9-]{1,59})$", var.record_name))',
                      "record_name must be a full name in lower case, such as app.example.com.")],
    )  # fmt: skip
    inside = f'{name.text} == self.name || endswith({name.text}, ".${{self.name}}")'
    return module.data("aws_route53_zone", "this", {
        "zone_id": module.variable("zone_id", "string", "ID of the hosted zone."),
        "lifecycle": {"postcondition": [{
            "condition": f"${{{inside}}}",
            "error_message": f"{name} is not a name in the hosted zone ${{self.name}}.",
        }]},
    })  # fmt: skip
