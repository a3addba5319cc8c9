"""Where a container image lies, if that is Amazon ECR."""

import re
from dataclasses import dataclass

_ECR_IMAGE = re.compile(
    r"(?P<account_id>[0-9]{12})\.dkr[.-]ecr(-fips)?\.(?P<region>[a-z0-9-]+)\.[a-z.]+/(?P<repository>[^:@]+)"
)
"""A private ECR registry, at its IPv4, dual-stack or FIPS address.

https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html
"""


@dataclass(frozen=True)
class EcrRepository:
    """A repository of a private ECR registry. It may belong to another account and lie in another region."""

    account_id: str
    region: str
    name: str


def ecr_repository(image: str) -> EcrRepository | None:
    """Return the ECR repository of an image; None for every other registry, which IAM has no say in."""
    match = _ECR_IMAGE.match(image)
    return EcrRepository(match["account_id"], match["region"], match["repository"]) if match else None
