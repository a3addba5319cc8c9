"""Rules of a region: that it is one, and that it offers what the deployment uses there."""

from collections.abc import Iterator

from capgen.diagnostics import Severity, did_you_mean
from capgen.load import SpecPath
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule
from capgen.region_facts import facts_of, listed_regions, service_title, table_date
from capgen.topology.image import Image

_LINK = "https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-regions.html"
_SWITCH: SpecPath = ("allow_unlisted_region",)

Use = tuple[str, SpecPath]
"""A service that a deployment uses, by its name in the table, and the part of the spec that asks for it."""


def not_listed(code: str, path: SpecPath, switch: str) -> Problem:
    """Refuse a region that the table does not list. `switch` is the path of the switch that allows it."""
    known, date = listed_regions(), table_date()
    allowed = f"one of the {len(known)} regions that AWS had on {date}"
    meant = did_you_mean(code, known)
    if facts_of(code).partition is None:
        return Problem(path=path, message=f"there is no AWS region {code}, nor a partition of AWS whose regions are "
                       "named so", value=code, allowed=allowed, hint=meant)  # fmt: skip
    newer = f"for a region that is newer, set {switch}: true"
    return Problem(path=path, message=f"there is no AWS region {code} in capgen's table of {date}", value=code,
                   allowed=allowed, hint=f"{meant} Else, {newer}" if meant else newer)  # fmt: skip


def _known_region(deployment: RegionalDeployment) -> Iterator[Problem]:
    """Refuse a region that is not listed. The switch lets it pass, if a partition names its regions so.

    Without a partition the provider would compose ARNs that lack theirs, and AWS refuses each of them.
    """
    facts = facts_of(deployment.region)
    if not facts.listed and not (deployment.allow_unlisted_region and facts.partition):
        yield not_listed(deployment.region, (), f"regions.{deployment.region}.allow_unlisted_region")


def _unlisted_region(deployment: RegionalDeployment) -> Iterator[Problem]:
    facts = facts_of(deployment.region)
    if not facts.listed and deployment.allow_unlisted_region and facts.partition:
        yield Problem(
            path=_SWITCH,
            message=f"what AWS offers in {deployment.region} is not checked: capgen's table of {table_date()} does not "
            f"list the region, whose code is of the form of partition {facts.partition}",
            value=deployment.region,
            hint="take a capgen whose table lists it, when there is one, and remove the switch",
            severity=Severity.WARNING,
        )


def _offered(deployment: RegionalDeployment) -> Iterator[Problem]:
    offered = facts_of(deployment.region).services
    if offered is None:
        return
    for service, path in _uses(deployment):
        if service not in offered:
            yield Problem(
                path=path,
                message=f"{deployment.region} does not offer {service_title(service)}, says capgen's table of "
                f"{table_date()}",
                value=deployment.region,
                hint="deploy to another region; if AWS offers it there by now, take a newer table",
            )


def _uses(deployment: RegionalDeployment) -> Iterator[Use]:
    """Yield every service of the region that the deployment uses, with what asks for it."""
    yield from (("ec2", ("network",)), ("ecs", ()), ("elbv2", ("load_balancer",)), ("logs", ("logs",)))
    yield from (("iam", ("identity",)), ("sts", ()), ("s3", ("snapshots",)), ("efs", ("storage",)))
    yield from (("rds", ("database",)), ("secretsmanager", ("database", "password")))
    certificate = deployment.load_balancer.certificate_arn
    if certificate is not None and certificate.split(":")[2] == "acm":
        yield "acm", ("load_balancer", "certificate_arn")
    if deployment.encryption.customer_managed_key:
        yield "kms", ("encryption", "customer_managed_key")
    if deployment.snapshots.publisher == "lambda":
        yield "lambda", ("snapshots", "publisher")
    if deployment.identity.deploy_user == "key":
        yield "cloudformation", ("identity", "deploy_user")
    if Image.parse(deployment.agent.image).ecr_region == deployment.region:
        yield "ecr", ("agent", "image")
    if deployment.dns is not None:
        yield "route53", ("dns",)


RULES = (
    Rule(id="deployment-known-region", title="The region exists", link=_LINK, check=_known_region),
    Rule(id="deployment-unlisted-region", title="What the region offers is known", link=_LINK, check=_unlisted_region),
    Rule(id="deployment-region-offers", title="The region offers each service that the deployment uses",
         link="https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html", check=_offered),
)  # fmt: skip
