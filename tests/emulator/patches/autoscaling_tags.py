"""Application Auto Scaling keeps the tags of a scalable target."""

import json
from collections.abc import Callable

from moto.applicationautoscaling.responses import ApplicationAutoScalingResponse as Response

GAP = "autoscaling-tags"


def apply() -> None:
    """Answer the three requests about tags, and keep those that a target is registered with."""
    Response.register_scalable_target = _registering(Response.register_scalable_target)
    Response.list_tags_for_resource = _list
    Response.tag_resource = _tag
    Response.untag_resource = _untag


def _tags(response: Response) -> dict[str, dict[str, str]]:
    """Return the tags by ARN, which live and die with moto's backend."""
    tags: dict[str, dict[str, str]] = response.applicationautoscaling_backend.__dict__.setdefault("kept_tags", {})
    return tags


def _registering(register: Callable[[Response], str]) -> Callable[[Response], str]:
    def registering(response: Response) -> str:
        registered = register(response)
        arn = json.loads(registered)["ScalableTargetARN"]
        _tags(response).setdefault(arn, {}).update(response._get_param("Tags") or {})
        return registered

    return registering


def _list(response: Response) -> str:
    return json.dumps({"Tags": _tags(response).get(response._get_param("ResourceARN"), {})})


def _tag(response: Response) -> str:
    _tags(response).setdefault(response._get_param("ResourceARN"), {}).update(response._get_param("Tags"))
    return "{}"


def _untag(response: Response) -> str:
    tags = _tags(response).get(response._get_param("ResourceARN"), {})
    for key in response._get_param("TagKeys"):
        tags.pop(key, None)
    return "{}"
