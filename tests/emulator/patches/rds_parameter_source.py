"""RDS says which parameters of a group a person set."""

from collections.abc import Callable

from moto.core.responses import ActionResult
from moto.rds.responses import RDSResponse

GAP = "rds-parameter-source"


def apply() -> None:
    """Give each parameter its source: moto keeps none but those that were set."""
    RDSResponse.describe_db_parameters = _describing(RDSResponse.describe_db_parameters)


def _describing(describe: Callable[[RDSResponse], ActionResult]) -> Callable[[RDSResponse], ActionResult]:
    def describing(response: RDSResponse) -> ActionResult:
        parameters = describe(response).result["Parameters"]
        return ActionResult({"Parameters": [{**parameter, "Source": "user"} for parameter in parameters]})

    return describing
