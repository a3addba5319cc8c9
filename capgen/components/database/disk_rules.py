"""Rules of the disk: its size, how far it may grow, and its I/O operations."""

from collections.abc import Iterator
from math import ceil

from capgen.components.database.limits import limits
from capgen.model.database import Database
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule

_STORAGE_LINK = "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Storage.html"


def _size(deployment: RegionalDeployment) -> Iterator[Problem]:
    database = deployment.database
    smallest = limits()["disks"][database.storage_type]["smallest"]
    if database.allocated_storage < smallest:
        yield Problem(
            path=("database", "allocated_storage"),
            message=f"an {database.storage_type} disk has at least {smallest} GiB",
            value=str(database.allocated_storage),
            allowed=f"from {smallest} to 65536",
        )


def _growth(deployment: RegionalDeployment) -> Iterator[Problem]:
    """AWS asks for a tenth more. Whole numbers, for 1.1 is none that a computer has."""
    database = deployment.database
    least = -(-11 * database.allocated_storage // 10)
    if 0 < database.max_allocated_storage < least:
        yield Problem(
            path=("database", "max_allocated_storage"),
            message="a disk that may grow needs room for a tenth more than database.allocated_storage",
            value=str(database.max_allocated_storage),
            allowed=f"0, or at least {least} for {database.allocated_storage} GiB",
        )


def _iops_chosen(deployment: RegionalDeployment) -> Iterator[Problem]:
    """Say whether I/O operations can, or have to, be chosen for this kind and size of disk."""
    database = deployment.database
    iops = limits()["disks"][database.storage_type]["iops"]
    if database.iops is None:
        if iops and iops["required"]:
            yield Problem(
                path=("database", "storage_type"),
                message=f"an {database.storage_type} disk needs database.iops, and there is none",
                value=database.storage_type,
                hint="set database.iops, or take gp3",
            )
    elif iops is None:
        yield _refused(database, f"database.iops cannot be chosen for a {database.storage_type} disk")
    elif database.allocated_storage < iops["from_size"] and not iops["required"]:
        size = iops["from_size"]
        yield _refused(database, f"database.iops cannot be chosen for a {database.storage_type} disk below {size} GiB")


def _refused(database: Database, message: str) -> Problem:
    return Problem(
        path=("database", "iops"), message=message, value=str(database.iops),
        hint="remove database.iops: the disk comes with what AWS gives it",
    )  # fmt: skip


def _iops_in_range(deployment: RegionalDeployment) -> Iterator[Problem]:
    """Hold I/O operations to the range of the disk, and to its ratio to each size that the disk can have."""
    database = deployment.database
    iops = limits()["disks"][database.storage_type]["iops"]
    if database.iops is None or iops is None:
        return
    path = ("database", "iops")
    if not iops["least"] <= database.iops <= iops["most"]:
        yield Problem(
            path=path, message=f"database.iops is out of the range of a {database.storage_type} disk",
            value=str(database.iops), allowed=f"from {iops['least']} to {iops['most']}",
        )  # fmt: skip
        return
    most = int(iops["most_per_gib"] * database.allocated_storage)
    if database.iops > most:
        yield Problem(
            path=path,
            message=f"a {database.storage_type} disk has at most {iops['most_per_gib']} I/O operations for each GiB",
            value=str(database.iops), allowed=f"at most {most} for {database.allocated_storage} GiB",
        )  # fmt: skip
    size = max(database.allocated_storage, database.max_allocated_storage)
    if database.iops < iops["least_per_gib"] * size:
        yield Problem(
            path=path,
            message=f"a {database.storage_type} disk has at least {iops['least_per_gib']} I/O operations for each GiB, "
            "also when it has grown",
            value=str(database.iops), allowed=f"at least {ceil(iops['least_per_gib'] * size)} for {size} GiB",
        )  # fmt: skip


def _region_has_disk(deployment: RegionalDeployment) -> Iterator[Problem]:
    if deployment.database.storage_type == "io2" and deployment.region.startswith("cn-"):
        yield Problem(
            path=("database", "storage_type"), message=f"{deployment.region} has no io2 disks", value="io2",
            allowed="gp2, gp3 or io1",
        )  # fmt: skip


RULES = (
    Rule(id="database-disk-size", title="A disk is as large as its kind asks", link=_STORAGE_LINK, check=_size),
    Rule(id="database-disk-growth", title="A disk that may grow has room to",
         link="https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_PIOPS.Autoscaling.html", check=_growth),
    Rule(id="database-iops-chosen", title="I/O operations are chosen where they can be, and where they must be",
         link=_STORAGE_LINK, check=_iops_chosen),
    Rule(id="database-iops-in-range", title="I/O operations fit the disk", link=_STORAGE_LINK, check=_iops_in_range),
    Rule(id="database-disk-in-region", title="The region has this kind of disk",
         link=_STORAGE_LINK, check=_region_has_disk),
)  # fmt: skip
