"""What RDS allows and offers, as data."""

import json
from functools import cache
from typing import Any

from capgen.resources import schemas_dir


@cache
def limits() -> Any:
    """Return `schemas/aws/rds_limits.json`."""
    return _table("rds_limits.json")


@cache
def offers() -> Any:
    """Return `schemas/aws/rds_offers.json`."""
    return _table("rds_offers.json")


def _table(name: str) -> Any:
    return json.loads((schemas_dir() / "aws" / name).read_text(encoding="utf-8"))
