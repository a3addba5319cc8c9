"""A container image's name, taken apart."""

import re
from dataclasses import dataclass

MARKETPLACE_REGISTRY = "709825985650.dkr.ecr.us-east-1.amazonaws.com"
"""Where AWS Marketplace keeps the images of all sellers.

https://docs.aws.amazon.com/marketplace/latest/userguide/container-product-policies.html
"""

_ECR = re.compile(
    r"(?:[0-9]{12}|\$\{[^}]*\})\.dkr[.-]ecr(?:-fips)?\.(?P<region>[a-z0-9-]+)"
    r"\.(?:on\.[a-z.]+|(?P<suffix>[a-z0-9-]+(?:\.[a-z0-9-]+)+))"
)
"""A private ECR registry, at its IPv4, dual-stack or FIPS address. Its account may be an expression.

https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
"""
_HTTPS = 443


@dataclass(frozen=True)
class Image:
    """The parts of `registry/repository:tag@digest`. The schema makes sure that there is a slash."""

    registry: str
    tag: str | None
    digest: str | None

    @classmethod
    def parse(cls, text: str) -> "Image":
        """Take an image's name apart."""
        name, _, digest = text.partition("@")
        registry, _, repository = name.partition("/")
        tag = repository.partition(":")[2]
        return cls(registry, tag or None, digest or None)

    @property
    def from_marketplace(self) -> bool:
        """Whether AWS Marketplace serves the image."""
        return self.registry == MARKETPLACE_REGISTRY

    @property
    def ecr_region(self) -> str | None:
        """The region of the ECR registry that serves the image; None for any other registry."""
        ecr = _ECR.fullmatch(self.registry)
        return None if ecr is None else ecr["region"]

    @property
    def ecr_suffix(self) -> str | None:
        """What follows the region in the name of an ECR registry; None for a dual-stack one, and for any other."""
        ecr = _ECR.fullmatch(self.registry)
        return None if ecr is None else ecr["suffix"]

    @property
    def port(self) -> int:
        """The port of the registry: HTTPS, unless its name has another."""
        port = self.registry.partition(":")[2]
        return int(port) if port.isdecimal() else _HTTPS
