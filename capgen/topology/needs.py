"""What a Fargate task must reach in AWS to start and to run.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from capgen.region_facts import facts_of
from capgen.topology.image import Image

_HTTPS = 443


@dataclass(frozen=True, kw_only=True)
class RunningTask:
    """What decides which services a task must reach.

    `secret_regions` are the regions of the secrets that its containers are started with, `log_regions` those of their
    log groups. `execute_command_key` says that ECS Exec sessions are encrypted with a key, `snapshots` that the task
    reads or writes objects in S3.
    """

    region: str
    images: tuple[str, ...]
    secret_regions: tuple[str, ...]
    log_regions: tuple[str, ...]
    execute_command: bool
    execute_command_key: bool
    snapshots: bool


@dataclass(frozen=True, kw_only=True)
class Needed:
    """One service that a task must reach.

    `service` is as in com.amazonaws.<region>.<service>, or the host of a registry outside of ECR, and `region` is then
    None. `what` is what it is needed for, and `without` what happens without it. `gateway` says that its VPC endpoint
    is a gateway, behind which it keeps its public addresses.
    """

    service: str
    region: str | None
    what: str
    without: str
    port: int = _HTTPS
    gateway: bool = False


def needed_services(task: RunningTask) -> tuple[Needed, ...]:
    """Return what a task must reach, each service of a region once, in the order of a task's life.

    ECS itself is not among them: Fargate talks to it outside of the VPC. Nor is KMS for secrets and objects: Secrets
    Manager and S3 ask it themselves; only the agent of ECS Exec does so from within the task.
    """
    found: dict[tuple[str, str | None], Needed] = {}
    for needed in _needed(task):
        found.setdefault((needed.service, needed.region), needed)
    return tuple(found.values())


def _needed(task: RunningTask) -> Iterator[Needed]:
    for text in task.images:
        yield from _image(Image.parse(text), task.region)
    yield from _each(task.secret_regions, "secretsmanager", "read the secrets", "the tasks cannot start")
    yield from _each(task.log_regions, "logs", "write the logs", "the tasks cannot start")
    if task.execute_command:
        yield from _each((task.region,), "ssmmessages", "open ECS Exec sessions", "ECS Exec cannot enter the tasks")
    if task.execute_command and task.execute_command_key:
        yield from _each((task.region,), "kms", "decrypt ECS Exec sessions", "ECS Exec cannot enter the tasks")
    if any(Image.parse(image).from_marketplace for image in task.images) and facts_of(task.region).meters_marketplace:
        yield from _each((task.region,), "metering-marketplace", "register the use with AWS Marketplace",
                         "a paid image stops when it starts")  # fmt: skip
    if task.snapshots:
        yield from _each((task.region,), "s3", "read and write snapshots", "snapshots cannot be read or written")


def _image(image: Image, region: str) -> Iterator[Needed]:
    """An image of ECR is asked for at `ecr.api` and `ecr.dkr`, and its layers come from S3, all in ECR's region.

    In the task's own region layers take a gateway endpoint of S3 and no other kind:
    https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
    """
    what, without = "pull the image", "the image cannot be pulled"
    if image.ecr_region is None:
        yield Needed(service=image.registry, region=None, what=what, without=without, port=image.port)
        return
    yield from _each((image.ecr_region,), "ecr.api", what, without)
    yield from _each((image.ecr_region,), "ecr.dkr", what, without)
    yield Needed(service="s3", region=image.ecr_region, what=what, without=without,
                 gateway=image.ecr_region == region)  # fmt: skip


def _each(regions: Sequence[str], service: str, what: str, without: str) -> Iterator[Needed]:
    for region in regions:
        yield Needed(service=service, region=region, what=what, without=without)
