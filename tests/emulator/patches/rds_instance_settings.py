"""RDS keeps every setting of a database that the requests which make or change one take."""

from collections.abc import Callable

from moto.core.responses import ActionResult
from moto.rds.responses import RDSResponse

GAP = "rds-instance-settings"

KEPT = {
    "DatabaseInsightsMode": "DatabaseInsightsMode",
    "EnablePerformanceInsights": "PerformanceInsightsEnabled",
    "PerformanceInsightsKMSKeyId": "PerformanceInsightsKMSKeyId",
    "PerformanceInsightsRetentionPeriod": "PerformanceInsightsRetentionPeriod",
    "StorageThroughput": "StorageThroughput",
}
"""The request's name of a setting, and the answer's."""


def apply() -> None:
    """Remember the settings under the names that an answer shows, which is where moto's serialiser looks first."""
    RDSResponse.create_db_instance = _keeping(RDSResponse.create_db_instance)
    RDSResponse.create_db_instance_read_replica = _keeping(RDSResponse.create_db_instance_read_replica)
    RDSResponse.modify_db_instance = _keeping(RDSResponse.modify_db_instance)


def _keeping(method: Callable[[RDSResponse], ActionResult]) -> Callable[[RDSResponse], ActionResult]:
    def keeping(response: RDSResponse) -> ActionResult:
        wanted = {shown: response.params.get(asked) for asked, shown in KEPT.items()}
        result = method(response)
        for shown, value in wanted.items():
            if value is not None:
                setattr(result.result["DBInstance"], shown, value)
        return result

    return keeping
