"""ECS keeps every setting of a service that `CreateService` and `UpdateService` take."""

from collections.abc import Callable

from moto.core.responses import ActionResult
from moto.ecs.responses import EC2ContainerServiceResponse

GAP = "ecs-service-settings"

KEPT = (
    "availabilityZoneRebalancing",
    "deploymentConfiguration",
    "enableECSManagedTags",
    "enableExecuteCommand",
    "healthCheckGracePeriodSeconds",
    "loadBalancers",
    "networkConfiguration",
    "platformVersion",
    "propagateTags",
    "serviceRegistries",
)


def apply() -> None:
    """Remember the settings under their own names, which is where moto's serialiser looks first."""
    EC2ContainerServiceResponse.create_service = _keeping(EC2ContainerServiceResponse.create_service)
    EC2ContainerServiceResponse.update_service = _keeping(EC2ContainerServiceResponse.update_service)


def _keeping(method: Callable[[EC2ContainerServiceResponse], ActionResult]) -> Callable[..., ActionResult]:
    def keeping(response: EC2ContainerServiceResponse) -> ActionResult:
        wanted = {name: response._get_param(name) for name in KEPT}
        result = method(response)
        for name, value in wanted.items():
            if value is not None:
                setattr(result.result["service"], name, value)
        return result

    return keeping
