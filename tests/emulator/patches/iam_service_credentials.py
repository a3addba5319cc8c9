"""IAM lists a user's service-specific credentials, of which there are none."""

from moto.core.responses import ActionResult
from moto.iam.responses import IamResponse

GAP = "iam-service-credentials"


def apply() -> None:
    """Answer with an empty list; the provider asks before it deletes a user with `force_destroy`."""
    IamResponse.list_service_specific_credentials = _list


def _list(_response: IamResponse) -> ActionResult:
    return ActionResult({"ServiceSpecificCredentials": []})
