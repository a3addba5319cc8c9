"""S3 returns a bucket's replication rules as they were written."""

from collections.abc import Callable
from typing import Any

from moto.core.common_types import TYPE_RESPONSE
from moto.core.responses import ActionResult
from moto.s3.responses import S3Response

GAP = "s3-replication-document"


def apply() -> None:
    """Answer with what was put, which moto keeps."""
    S3Response.get_bucket_replication = _answering(S3Response.get_bucket_replication)


def _answering(get: Callable[[S3Response], TYPE_RESPONSE]) -> Callable[[S3Response], TYPE_RESPONSE]:
    def answering(response: S3Response) -> TYPE_RESPONSE:
        kept = response.backend.get_bucket_replication(response.bucket_name)
        if not kept:
            return get(response)
        response.data["Action"] = "GetBucketReplication"
        rules = [_as_api_rule(rule) for rule in kept["Rule"]]
        return response.serialized(ActionResult({"ReplicationConfiguration": {"Role": kept["Role"], "Rules": rules}}))

    return answering


def _as_api_rule(rule: dict[str, Any]) -> dict[str, Any]:
    """Turn a rule's XML, as moto parsed it, to the API's names and types."""
    api = dict(rule)
    if "Filter" in api:
        api["Filter"] = {name: value or "" for name, value in (api["Filter"] or {}).items()}
    return api
