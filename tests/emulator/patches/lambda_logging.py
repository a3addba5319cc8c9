"""Lambda keeps a function's logging configuration."""

from collections.abc import Callable
from typing import Any

from moto.awslambda.models import LambdaFunction

GAP = "lambda-logging"


def apply() -> None:
    """Keep what creation and update ask for, and show it."""
    LambdaFunction.__init__ = _creating(LambdaFunction.__init__)
    LambdaFunction.update_configuration = _updating(LambdaFunction.update_configuration)
    LambdaFunction.get_configuration = _showing(LambdaFunction.get_configuration)


def _creating(create: Callable[..., None]) -> Callable[..., None]:
    def creating(function: LambdaFunction, *arguments: Any, **named: Any) -> None:
        specification = named["spec"] if "spec" in named else arguments[1]
        _keep(function, specification)
        create(function, *arguments, **named)

    return creating


def _updating(update: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    def updating(function: LambdaFunction, updates: dict[str, Any]) -> dict[str, Any]:
        _keep(function, updates)
        return update(function, updates)

    return updating


def _showing(show: Callable[..., dict[str, Any]]) -> Callable[..., dict[str, Any]]:
    def showing(function: LambdaFunction, on_create: bool = False) -> dict[str, Any]:
        default = {"LogFormat": "Text", "LogGroup": f"/aws/lambda/{function.function_name}"}
        return show(function, on_create) | {"LoggingConfig": getattr(function, "logging_config", default)}

    return showing


def _keep(function: LambdaFunction, wanted: dict[str, Any]) -> None:
    if "LoggingConfig" in wanted:
        function.logging_config = wanted["LoggingConfig"]
