"""S3 returns a bucket's lifecycle rules as they were written."""

from collections.abc import Callable
from typing import Any

from moto.core.common_types import TYPE_RESPONSE
from moto.core.responses import ActionResult
from moto.s3.models import FakeBucket
from moto.s3.responses import S3Response

GAP = "s3-lifecycle-document"

_LISTS = {"Transition": "Transitions", "NoncurrentVersionTransition": "NoncurrentVersionTransitions"}


def apply() -> None:
    """Keep the rules beside moto's own reading of them, and answer with what was kept."""
    FakeBucket.set_lifecycle = _keeping(FakeBucket.set_lifecycle)
    S3Response.get_bucket_lifecycle = _answering(S3Response.get_bucket_lifecycle)


def _keeping(set_lifecycle: Callable[..., None]) -> Callable[..., None]:
    def keeping(bucket: FakeBucket, rules: list[dict[str, Any]]) -> None:
        bucket.written_rules = [_as_api_rule(rule) for rule in rules]
        set_lifecycle(bucket, rules)

    return keeping


def _answering(get_lifecycle: Callable[..., TYPE_RESPONSE]) -> Callable[..., TYPE_RESPONSE]:
    def answering(response: S3Response) -> TYPE_RESPONSE:
        bucket = response.backend.get_bucket(response.bucket_name)
        if not bucket.rules:
            return get_lifecycle(response)
        response.data["Action"] = "GetBucketLifecycleConfiguration"
        sizes = "all_storage_classes_128K"
        return response.serialized(
            ActionResult({"Rules": bucket.written_rules, "TransitionDefaultMinimumObjectSize": sizes})
        )

    return answering


def _as_api_rule(rule: dict[str, Any]) -> dict[str, Any]:
    """Turn a rule's XML, as moto parsed it, to the API's names and lists."""
    api: dict[str, Any] = {}
    for name, value in rule.items():
        api[_LISTS.get(name, name)] = _as_list(value) if name in _LISTS else value
    if "Filter" in api:
        api["Filter"] = {name: value or "" for name, value in (api["Filter"] or {}).items()}
        both = api["Filter"].get("And")
        if both and "Tag" in both:
            api["Filter"]["And"] = {**both, "Tags": _as_list(both["Tag"])}
    return api


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
