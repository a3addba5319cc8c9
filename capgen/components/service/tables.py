"""The limits of AWS that the rules of this room look up, from schemas/aws/."""

from capgen.resources import table


def memory_sizes(cpu: int) -> tuple[int, ...]:
    """Return the memory in MiB that Fargate offers for a number of CPU units, smallest first."""
    return tuple(table("aws/fargate.json")["memory"][str(cpu)])
