"""Look the VPC up, or create it. Both forms have the same outputs, which wait until the network is ready."""

from capgen.components.network.created import create
from capgen.components.network.existing import look_up
from capgen.components.network.plan import Existing, Shape
from capgen.terraform.module import Module


def construct(module: Module, shape: Shape) -> None:
    """Output the VPC and the subnets of each tier."""
    if isinstance(shape, Existing):
        look_up(module)
    else:
        create(module, shape)
