"""ARNs that a user names, taken apart.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Arn:
    """The parts of an ARN. `resource` is all that follows the account, colons included."""

    partition: str
    service: str
    region: str
    account_id: str
    resource: str


def parse_arn(text: str) -> Arn:
    """Take an ARN apart; the schema has checked that it is one."""
    _, partition, service, region, account_id, resource = text.split(":", 5)
    return Arn(partition, service, region, account_id, resource)
