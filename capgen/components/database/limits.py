"""What RDS allows and offers, as data."""

from typing import Any

from capgen.resources import table


def limits() -> Any:
    """Return `schemas/aws/rds_limits.json`."""
    return table("aws/rds_limits.json")


def offers() -> Any:
    """Return `schemas/aws/rds_offers.json`."""
    return table("aws/rds_offers.json")
