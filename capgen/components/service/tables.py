"""The limits of AWS that the rules of this room look up, from schemas/aws/."""

from capgen.resources import table


def memory_sizes(cpu: int) -> tuple[int, ...]:
    """Return the memory in MiB that Fargate offers for a number of CPU units, smallest first."""
    return tuple(table("aws/fargate.json")["memory"][str(cpu)])


def partition_of(region: str) -> str:
    """Return the partition of a region. A region that is not known is taken for one of the standard partition."""
    known = table("aws/regions.json")["regions"].get(region)
    return "aws" if known is None else str(known["partition"])


def marketplace_meters_in(region: str) -> bool:
    """Tell whether AWS Marketplace has a metering endpoint in a region. A region that is not known has one."""
    known = table("aws/regions.json")["regions"].get(region)
    return known is None or bool(known["marketplace_metering"])
