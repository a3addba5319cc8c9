"""S3 says that a bucket sends its events to EventBridge."""

from collections.abc import Callable

from moto.core.common_types import TYPE_RESPONSE
from moto.core.responses import ActionResult
from moto.s3.responses import S3Response

GAP = "s3-eventbridge"


def apply() -> None:
    """Answer for a bucket whose only target is EventBridge, which is all that the topology sets."""
    S3Response.get_bucket_notification = _answering(S3Response.get_bucket_notification)


def _answering(get: Callable[[S3Response], TYPE_RESPONSE]) -> Callable[[S3Response], TYPE_RESPONSE]:
    def answering(response: S3Response) -> TYPE_RESPONSE:
        kept = response.backend.get_bucket_notification_configuration(response.bucket_name)
        if kept is None or kept.event_bridge is None or kept.topic or kept.queue or kept.cloud_function:
            return get(response)
        response.data["Action"] = "GetBucketNotificationConfiguration"
        return response.serialized(ActionResult({"EventBridgeConfiguration": {}}))

    return answering
