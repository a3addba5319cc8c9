"""Rules of the image: that one and the same is meant each time, and that the tasks can pull it and register its use."""

from collections.abc import Iterator

from capgen.components.service.tables import marketplace_meters_in, partition_of
from capgen.diagnostics import Severity
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule
from capgen.topology.image import Image

_IMAGE = ("agent", "image")


def _pinned(deployment: RegionalDeployment) -> Iterator[Problem]:
    """No tag means latest: written out it may be meant, left out it is more likely forgotten."""
    text = deployment.agent.image
    image = Image.parse(text)
    if image.digest is not None:
        return
    if image.tag is None:
        yield Problem(
            path=_IMAGE,
            message="the image has neither tag nor digest, so it would be whatever is called latest",
            value=text,
            allowed="an image with a tag or a digest",
            hint=f'for example "{text}:1.0.0"',
        )
    elif image.tag == "latest":
        yield Problem(
            path=_IMAGE,
            message="the tag latest names another image from one day to the next, so a task that is replaced may "
            "run another version than its neighbour, and a rollback gets the same image again",
            value=text,
            hint="name the version",
            severity=Severity.WARNING,
        )


def _registry_in_partition(deployment: RegionalDeployment) -> Iterator[Problem]:
    region = Image.parse(deployment.agent.image).ecr_region
    theirs, ours = partition_of(region or deployment.region), partition_of(deployment.region)
    if theirs != ours:
        yield Problem(
            path=_IMAGE,
            message=f"the registry is in partition {theirs}, where no role of {deployment.region} can sign in: "
            f"that region is in partition {ours}",
            value=deployment.agent.image,
            hint=f"copy the image to a registry in {deployment.region}",
        )


def _metered(deployment: RegionalDeployment) -> Iterator[Problem]:
    if Image.parse(deployment.agent.image).from_marketplace and not marketplace_meters_in(deployment.region):
        yield Problem(
            path=_IMAGE,
            message=f"AWS Marketplace has no metering endpoint in {deployment.region}: a container that registers its "
            "use there when it starts, as paid images do, fails",
            value=deployment.agent.image,
            hint="ask the vendor whether the image runs in this region, or deploy to another",
            severity=Severity.WARNING,
        )


RULES = (
    Rule(
        id="service-image-pinned",
        title="The image is the same one each time",
        link="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-considerations.html",
        check=_pinned,
    ),
    Rule(
        id="service-image-partition",
        title="The image's registry is in the deployment's partition",
        link="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference-arns.html",
        check=_registry_in_partition,
    ),
    Rule(
        id="service-marketplace-metering",
        title="A Marketplace image can register its use",
        link="https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-metering_RegisterUsage.html",
        check=_metered,
    ),
)
