"""Rules of the parameters."""

from collections.abc import Iterator

from capgen.components.database.plan import FORCE_SSL
from capgen.diagnostics import Severity
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule

_ON = "1"
_LOG_STATEMENT = {"none": False, "ddl": False, "mod": True, "all": True}
"""The kinds of statements that can be logged, and whether data of the application gets into the log by them."""


def _tls_stays_on(deployment: RegionalDeployment) -> Iterator[Problem]:
    value = deployment.database.parameters.get(FORCE_SSL, _ON)
    if value != _ON:
        yield Problem(
            path=("database", "parameters", FORCE_SSL),
            message=f"{FORCE_SSL} is always on: no client connects without TLS",
            value=value,
            allowed=_ON,
            hint="remove it",
        )


def _logged_statements(deployment: RegionalDeployment) -> Iterator[Problem]:
    value = deployment.database.parameters.get("log_statement")
    if value is None:
        return
    path = ("database", "parameters", "log_statement")
    if value not in _LOG_STATEMENT:
        yield Problem(
            path=path, message="log_statement takes no such value", value=value, allowed=", ".join(_LOG_STATEMENT)
        )
    elif _LOG_STATEMENT[value]:
        yield Problem(
            path=path,
            message=f"log_statement {value} writes the values in statements, and so the application's data, to the log",
            value=value,
            allowed="ddl, or none",
            severity=Severity.WARNING,
        )


RULES = (
    Rule(id="database-tls-stays-on", title="The database takes connections over TLS alone",
         link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/PostgreSQL.Concepts.General.SSL.html",
         check=_tls_stays_on),
    Rule(id="database-logged-statements", title="The log holds statements, not data",
         link="https://www.postgresql.org/docs/17/runtime-config-logging.html#GUC-LOG-STATEMENT",
         check=_logged_statements),
)  # fmt: skip
