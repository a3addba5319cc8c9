"""Rules of the engine: its version, its instance class, its certificate authority."""

from collections.abc import Iterator

from capgen.components.database.limits import limits, offers
from capgen.diagnostics import Severity, did_you_mean
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule

_VERSIONS_LINK = "https://docs.aws.amazon.com/AmazonRDS/latest/PostgreSQLReleaseNotes/postgresql-release-calendar.html"
_CLASSES_LINK = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/Concepts.DBInstanceClass.Support.html"


def _known_version(deployment: RegionalDeployment) -> Iterator[Problem]:
    """Refuse a version that never was; warn of one that capgen does not know yet, or that AWS has retired."""
    version = deployment.database.engine_version
    major, _, minor = version.partition(".")
    minors: list[int] | None = offers()["versions"].get(major)
    if minors is None:
        yield _version_problem(version, "capgen knows no such version of PostgreSQL on RDS", Severity.WARNING)
    elif minor and int(minor) > minors[-1]:
        yield _version_problem(version, f"{version} is newer than what capgen knows", Severity.WARNING)
    elif minor and int(minor) < minors[0]:
        message = f"AWS makes no new instance with {version}, and upgrades those that have it"
        yield _version_problem(version, message, Severity.WARNING)
    elif minor and int(minor) not in minors:
        yield _version_problem(version, f"RDS has no PostgreSQL {version}", Severity.ERROR)


def _version_problem(version: str, message: str, severity: Severity) -> Problem:
    known = ", ".join(f"{major}.{minors[-1]}" for major, minors in offers()["versions"].items())
    return Problem(
        path=("database", "engine_version"), message=message, value=version,
        allowed=f"the newest are {known}", severity=severity,
    )  # fmt: skip


def _minor_version_left_to_aws(deployment: RegionalDeployment) -> Iterator[Problem]:
    """Terraform would plan the way back to the older version, and RDS refuses it.

    https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/db_instance#engine_version
    """
    database = deployment.database
    major, _, minor = database.engine_version.partition(".")
    if minor and database.auto_minor_version_upgrade:
        yield Problem(
            path=("database", "engine_version"),
            message=f"AWS will upgrade the instance past {database.engine_version}, and applies then fail until "
            "engine_version follows",
            value=database.engine_version,
            allowed=f'"{major}", which stays true',
            hint="or turn database.auto_minor_version_upgrade off, and raise the version yourself",
            severity=Severity.WARNING,
        )


def _major_upgrade_at_once(deployment: RegionalDeployment) -> Iterator[Problem]:
    """Until the upgrade is done the instance holds on to the old version's parameter group, which then cannot go."""
    database = deployment.database
    if database.allow_major_version_upgrade and not database.apply_immediately:
        yield Problem(
            path=("database", "allow_major_version_upgrade"),
            message="a major upgrade that waits for the maintenance window fails the apply that asks for it",
            value="true",
            hint="set database.apply_immediately for that apply, and turn both off again after it",
            severity=Severity.WARNING,
        )


def _known_class(deployment: RegionalDeployment) -> Iterator[Problem]:
    """Refuse a size that a known family does not have; a family that is not known may be newer than the table."""
    name = deployment.database.instance_class
    family, _, size = name.rpartition(".")
    classes: dict[str, list[str]] = offers()["classes"]
    if size in classes.get(family, ()):
        return
    siblings = [f"{family}.{one}" for one in classes.get(family, ())]
    known = [f"{each}.{one}" for each, sizes in classes.items() for one in sizes]
    yield Problem(
        path=("database", "instance_class"),
        message=f"{'RDS' if siblings else 'capgen'} knows no instance class {name} for PostgreSQL",
        value=name,
        allowed=", ".join(siblings) or f"classes of {', '.join(classes)}",
        hint=did_you_mean(name, known),
        severity=Severity.ERROR if siblings else Severity.WARNING,
    )


def _class_in_region(deployment: RegionalDeployment) -> Iterator[Problem]:
    name = deployment.database.instance_class
    family = name.rpartition(".")[0]
    homes: dict[str, list[str]] = offers()["regions"]
    here = homes.get(deployment.region)
    if here is not None and family in offers()["classes"] and family not in here:
        yield Problem(
            path=("database", "instance_class"),
            message=f"RDS has no {family} instances in {deployment.region}, says capgen's table of {offers()['date']}",
            value=name,
            allowed=f"classes of {', '.join(here)}",
            hint=f"set regions.{deployment.region}.database.instance_class",
        )


def _known_authority(deployment: RegionalDeployment) -> Iterator[Problem]:
    name, known = deployment.database.ca_cert_identifier, limits()["certificate_authorities"]
    if name is not None and name not in known:
        yield Problem(
            path=("database", "ca_cert_identifier"),
            message=f"there is no certificate authority {name} that instances can have",
            value=name,
            allowed=", ".join(known),
            hint=did_you_mean(name, known),
        )


RULES = (
    Rule(id="database-known-version", title="RDS has this version of PostgreSQL",
         link=_VERSIONS_LINK, check=_known_version),
    Rule(id="database-minor-version-left-to-aws", title="Where AWS upgrades, the spec names the major version alone",
         link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.PostgreSQL.Minor.html",
         check=_minor_version_left_to_aws),
    Rule(id="database-major-upgrade-at-once", title="A major upgrade is made when it is asked for",
         link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_UpgradeDBInstance.PostgreSQL.MajorVersion.html",
         check=_major_upgrade_at_once),
    Rule(id="database-known-class", title="RDS for PostgreSQL has this instance class",
         link=_CLASSES_LINK, check=_known_class),
    Rule(id="database-class-in-region", title="The region has this instance class",
         link=_CLASSES_LINK, check=_class_in_region),
    Rule(id="database-known-authority", title="The certificate authority exists",
         link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/UsingWithRDS.SSL.html", check=_known_authority),
)  # fmt: skip
