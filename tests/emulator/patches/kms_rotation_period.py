"""KMS keeps the number of days between rotations."""

import json
from collections.abc import Callable

from moto.kms.responses import KmsResponse

GAP = "kms-rotation-period"

_DEFAULT = 365


def apply() -> None:
    """Keep the period with the key, and show it while rotation is enabled."""
    KmsResponse.enable_key_rotation = _enabling(KmsResponse.enable_key_rotation)
    KmsResponse.get_key_rotation_status = _showing(KmsResponse.get_key_rotation_status)


def _enabling(enable: Callable[[KmsResponse], str]) -> Callable[[KmsResponse], str]:
    def enabling(response: KmsResponse) -> str:
        enabled = enable(response)
        key = response.kms_backend.describe_key(response._get_param("KeyId"))
        key.rotation_period = response._get_param("RotationPeriodInDays") or _DEFAULT
        return enabled

    return enabling


def _showing(show: Callable[[KmsResponse], str]) -> Callable[[KmsResponse], str]:
    def showing(response: KmsResponse) -> str:
        status = json.loads(show(response))
        if status["KeyRotationEnabled"]:
            key = response.kms_backend.describe_key(response._get_param("KeyId"))
            status["RotationPeriodInDays"] = getattr(key, "rotation_period", _DEFAULT)
        return json.dumps(status)

    return showing
