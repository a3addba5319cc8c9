"""CloudWatch Logs keeps and shows the class of a log group."""

from collections.abc import Callable
from typing import Any

from moto.logs.models import LogGroup
from moto.logs.responses import LogsResponse

GAP = "logs-group-class"


def apply() -> None:
    """Keep the class with the group, and show it; `STANDARD` where none was asked for."""
    LogsResponse.create_log_group = _creating(LogsResponse.create_log_group)
    LogGroup.to_describe_dict = _describing(LogGroup.to_describe_dict)


def _creating(create: Callable[[LogsResponse], str]) -> Callable[[LogsResponse], str]:
    def creating(response: LogsResponse) -> str:
        created = create(response)
        group = response.logs_backend.groups[response._get_param("logGroupName")]
        group.group_class = response._get_param("logGroupClass")
        return created

    return creating


def _describing(describe: Callable[[LogGroup], dict[str, Any]]) -> Callable[[LogGroup], dict[str, Any]]:
    def describing(group: LogGroup) -> dict[str, Any]:
        return describe(group) | {"logGroupClass": getattr(group, "group_class", None) or "STANDARD"}

    return describing
