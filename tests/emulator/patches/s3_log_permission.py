"""S3 understands lists in the policy that lets its logging service write to a bucket."""

import json
from fnmatch import fnmatchcase
from typing import Any

from moto.s3.models import FakeBucket
from moto.s3.utils import LOGGING_SERVICE_PRINCIPAL

GAP = "s3-log-permission"


def apply() -> None:
    """Judge the target bucket's policy, whether a statement holds one value or a list of them."""
    FakeBucket._log_permissions_enabled_policy = staticmethod(_permitted)


def _permitted(target_bucket: FakeBucket, target_prefix: str | None) -> bool:
    if target_bucket.policy is None:
        return False
    log = f"{target_bucket.arn}/{target_prefix or ''}log"
    return any(
        statement["Effect"] == "Allow"
        and LOGGING_SERVICE_PRINCIPAL in _services(statement["Principal"])
        and "s3:PutObject" in _as_list(statement["Action"])
        and any(fnmatchcase(log, resource) for resource in _as_list(statement["Resource"]))
        for statement in json.loads(target_bucket.policy)["Statement"]
    )


def _services(principal: Any) -> list[Any]:
    return _as_list(principal.get("Service", [])) if isinstance(principal, dict) else []


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
