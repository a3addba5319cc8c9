"""ECS runs a service's tasks and completes its deployments, or rolls one back when the test asked for it."""

from collections.abc import Callable
from typing import Any

from moto.ecs.models import EC2ContainerServiceBackend, Service

from tests.emulator import control

GAP = "ecs-running-tasks"


def apply() -> None:
    """Settle a service at once whenever it is created or updated."""
    EC2ContainerServiceBackend.create_service = _created(EC2ContainerServiceBackend.create_service)
    EC2ContainerServiceBackend.update_service = _updated(EC2ContainerServiceBackend.update_service)


def _created(create: Callable[..., Service]) -> Callable[..., Service]:
    def created(*arguments: Any, **named: Any) -> Service:
        return _settled(create(*arguments, **named))

    return created


def _updated(update: Callable[..., Service]) -> Callable[..., Service]:
    def updated(backend: EC2ContainerServiceBackend, properties: dict[str, Any]) -> Service:
        before = backend._get_service(properties.get("cluster", "default"), properties["service"]).task_definition
        service = update(backend, properties)
        if service.name in control.rollbacks and service.task_definition != before:
            control.rollbacks.discard(service.name)
            service.task_definition = before
        return _settled(service)

    return updated


def _settled(service: Service) -> Service:
    service.running_count, service.pending_count = service.desired_count, 0
    for deployment in service.deployments:
        deployment |= {
            "desiredCount": service.desired_count,
            "runningCount": service.desired_count,
            "pendingCount": 0,
            "rolloutState": "COMPLETED",
            "taskDefinition": service.task_definition,
        }
    return service
