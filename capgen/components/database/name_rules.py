"""Rules of the names in the instance."""

from collections.abc import Iterator

from capgen.components.database.limits import limits
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule

_CREATE_LINK = "https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html"


def _reserved(deployment: RegionalDeployment) -> Iterator[Problem]:
    reserved = limits()["reserved"]
    for field in ("username", "db_name"):
        name: str = getattr(deployment.database, field)
        if name.lower() in {*reserved[field], *reserved["both"]}:
            yield Problem(
                path=("database", field),
                message=f"{name} is a name that RDS or PostgreSQL keeps for itself",
                value=name,
                allowed="a name that is no word of SQL and no role or database of RDS",
            )


def _role_prefix(deployment: RegionalDeployment) -> Iterator[Problem]:
    name, prefix = deployment.database.username, limits()["reserved_username_prefix"]
    if name.lower().startswith(prefix):
        yield Problem(
            path=("database", "username"),
            message=f"PostgreSQL keeps role names that begin with {prefix} for itself",
            value=name,
        )


RULES = (
    Rule(id="database-reserved-name", title="User and database bear names of their own",
         link=_CREATE_LINK, check=_reserved),
    Rule(id="database-role-prefix", title="The user's name does not begin like a role of PostgreSQL",
         link="https://www.postgresql.org/docs/17/sql-createrole.html", check=_role_prefix),
)  # fmt: skip
