"""Rules of the image: that one and the same is meant each time, and that the tasks can pull it and register its use."""

from collections.abc import Iterator

from capgen.diagnostics import Severity, did_you_mean
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule
from capgen.region_facts import facts_of, listed_regions, partition_of, table_date
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
    image = Image.parse(deployment.agent.image)
    theirs, ours = partition_of(image.ecr_region or deployment.region), partition_of(deployment.region)
    if theirs is not None and ours is not None and theirs != ours:
        elsewhere = f"a registry in {deployment.region}, and name it under regions.{deployment.region}.agent.image"
        yield Problem(
            path=_IMAGE,
            message=f"the registry is in partition {theirs}, where no role of {deployment.region} can sign in: "
            f"that region is in partition {ours}",
            value=deployment.agent.image,
            hint=f"ask the vendor for an image that you may keep in {elsewhere}"
            if image.from_marketplace
            else f"copy the image to {elsewhere}",
        )


def _registry_of_region(deployment: RegionalDeployment) -> Iterator[Problem]:
    """Hold the host of an ECR registry to its region: a wrong one is no host, and the tasks say so when they start."""
    text = deployment.agent.image
    image = Image.parse(text)
    if image.ecr_region is None or image.ecr_suffix is None:
        return
    facts = facts_of(image.ecr_region)
    if not facts.listed and image.ecr_region != deployment.region:
        yield Problem(
            path=_IMAGE,
            message=f"there is no AWS region {image.ecr_region} in capgen's table of {table_date()}",
            value=text,
            hint=did_you_mean(image.ecr_region, listed_regions()),
            severity=Severity.WARNING,
        )
    elif facts.dns_suffix is not None and image.ecr_suffix != facts.dns_suffix:
        yield Problem(
            path=_IMAGE,
            message=f"registries in {image.ecr_region} end with {facts.dns_suffix}, not with {image.ecr_suffix}",
            value=text,
            hint=f'write "{text.replace(image.ecr_suffix, facts.dns_suffix, 1)}"',
        )


def _metered(deployment: RegionalDeployment) -> Iterator[Problem]:
    image, facts = Image.parse(deployment.agent.image), facts_of(deployment.region)
    reachable = facts.partition == partition_of(image.ecr_region or deployment.region)
    if image.from_marketplace and reachable and not facts.meters_marketplace:
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
        id="service-image-registry",
        title="The image's registry is where its region keeps registries",
        link="https://docs.aws.amazon.com/AmazonECR/latest/userguide/Registries.html",
        check=_registry_of_region,
    ),
    Rule(
        id="service-marketplace-metering",
        title="A Marketplace image can register its use",
        link="https://docs.aws.amazon.com/marketplace/latest/APIReference/API_marketplace-metering_RegisterUsage.html",
        check=_metered,
    ),
)
