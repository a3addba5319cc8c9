"""The use of the customer managed key by way of another service."""

from dataclasses import dataclass

from capgen.components.identity.plan import Shape
from capgen.terraform.expression import Expr
from capgen.terraform.iam import Statement, allow
from capgen.terraform.module import Module


@dataclass(frozen=True)
class Key:
    """The customer managed key. AWS's own keys need no statement, so where those are used there is no `Key`."""

    arn: Expr
    region: Expr
    dns_suffix: Expr

    def through(self, sid: str, service: str, actions: tuple[str, ...]) -> Statement:
        """Allow the key's use only where `service` asks for it on the principal's behalf.

        https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
        """
        via = {"StringEquals": {"kms:ViaService": f"{service}.{self.region}.{self.dns_suffix}"}}
        return allow(sid, actions, [self.arn], via)


def declare_key(module: Module, shape: Shape, region: Expr) -> Key | None:
    """Declare the key's variables, if the deployment has a key of its own."""
    if not shape.customer_managed_key:
        return None
    return Key(
        arn=module.variable("kms_key_arn", "string", "ARN of the customer managed key."),
        region=region,
        dns_suffix=module.variable("dns_suffix", "string", "DNS suffix of the partition, such as amazonaws.com."),
    )
