"""Whether the standby can keep up with the primary, take over from it, and be reached when it has to."""

import re
from collections.abc import Iterator

from capgen.diagnostics import Severity
from capgen.model.rule import Problem
from capgen.rules.pair_rule import PairRule, Sides
from capgen.topology.image import Image

_SIZES = ("micro", "small", "medium", "large", "xlarge")
_SEVERAL = re.compile(r"(\d+)xlarge")
_OF_A_HOT_STANDBY = (
    "max_connections", "max_locks_per_transaction", "max_prepared_transactions", "max_wal_senders",
    "max_worker_processes",
)  # fmt: skip
"""Parameters that a hot standby must have as high as its primary."""


def _smaller(sides: Sides) -> Iterator[Problem]:
    """Compare the sizes of classes, whatever their families, and how far the disks may grow."""
    if not sides.recovery.database_replica or sides.recovery.promoted:
        return
    here, there = sides.standby.database, sides.primary.database
    size, needed = _size(here.instance_class), _size(there.instance_class)
    if size is not None and needed is not None and size < needed:
        yield Problem(
            path=("database", "instance_class"),
            message=f"the standby's database is smaller than the primary's, a {there.instance_class}: it can fall "
            "behind, and has less to serve with after promotion",
            value=here.instance_class,
            severity=Severity.WARNING,
        )
    grows = there.max_allocated_storage
    if grows > here.max_allocated_storage:
        yield Problem(
            path=("database", "max_allocated_storage"),
            message=f"the primary's disk may grow to {grows} GiB, and the standby's may not: replication stops when it "
            "is full",
            value=str(here.max_allocated_storage),
            allowed=f"{grows} or more",
            severity=Severity.WARNING,
        )


def _size(instance_class: str) -> int | None:
    """Return the rank of a class among the sizes of its family; None for one that has no such size."""
    size = instance_class.rpartition(".")[2]
    several = _SEVERAL.fullmatch(size)
    if several is not None:
        return len(_SIZES) + int(several[1])
    return _SIZES.index(size) if size in _SIZES else None


def _parameters(sides: Sides) -> Iterator[Problem]:
    """Hold parameters to PostgreSQL's rule where both sides set them to plain numbers."""
    if not sides.recovery.database_replica or sides.recovery.promoted:
        return
    for name in _OF_A_HOT_STANDBY:
        here, there = (str(side.database.parameters.get(name)) for side in (sides.standby, sides.primary))
        if here.isdecimal() and there.isdecimal() and int(here) < int(there):
            yield Problem(
                path=("database", "parameters", name),
                message=f"a read replica stops replaying while its {name} is below its source's",
                value=here,
                allowed=f"{there} or more",
            )


def _state_region(sides: Sides) -> Iterator[Problem]:
    state, primary = sides.standby.state, sides.primary.region
    if not sides.recovery.promoted and state.backend == "s3" and state.region == primary:
        yield Problem(
            path=("state", "region"),
            message=f"the standby's state lies in {primary}: while that region is down, Terraform cannot fail over",
            value=primary,
            hint="keep the state of both in a third region, or the standby's in its own",
            severity=Severity.WARNING,
        )


def _image_region(sides: Sides) -> Iterator[Problem]:
    """Look at ECR alone: where another registry stands, its name does not tell. Secrets have a rule in every region."""
    text, standby = sides.standby.agent.image, sides.standby.region
    image = Image.parse(text)
    if image.ecr_region != sides.primary.region:
        return
    copying = "copy the image to a registry of yours in" if image.from_marketplace else "let ECR replicate it to"
    yield Problem(
        path=("agent", "image"),
        message=f"the standby's tasks pull their image from {image.ecr_region}: while that region is down, none starts",
        value=text,
        hint=f"{copying} {standby}, and name it under regions.{standby}.agent.image",
        severity=Severity.WARNING,
    )


RULES = (
    PairRule(id="recovery-smaller-standby", title="A standby has the size of its primary",
             link="https://aws.amazon.com/blogs/database/best-practices-for-amazon-rds-for-postgresql-cross-region-read-replicas/",
             check=_smaller),
    PairRule(id="recovery-parameters", title="A read replica can replay what its source writes",
             link="https://www.postgresql.org/docs/current/hot-standby.html#HOT-STANDBY-ADMIN", check=_parameters),
    PairRule(id="recovery-state-region", title="The state of a standby does not fall with the primary",
             link="https://docs.aws.amazon.com/whitepapers/latest/aws-fault-isolation-boundaries/regions.html",
             check=_state_region),
    PairRule(id="recovery-image-region", title="The image of a standby does not fall with the primary",
             link="https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html", check=_image_region),
)  # fmt: skip
