"""What the schema cannot say about the load balancer."""

import re
from collections.abc import Iterator

from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule

_CERTIFICATE = ("load_balancer", "certificate_arn")


def _certificate_in_reach(deployment: RegionalDeployment) -> Iterator[Problem]:
    """A listener takes certificates of its own region and account only; those kept in IAM have no region."""
    arn = deployment.load_balancer.certificate_arn
    if arn is None:
        return
    _, _, service, region, account, _ = arn.split(":", 5)
    if service == "acm" and region != deployment.region:
        yield Problem(
            path=_CERTIFICATE,
            message=f"the certificate is in region {region or '(none)'}, the load balancer in {deployment.region}",
            value=arn,
            allowed=f"a certificate in {deployment.region}",
            hint=f"name one of this region under regions.{deployment.region}.load_balancer.certificate_arn",
        )
    if deployment.account_id is not None and account != deployment.account_id:
        yield Problem(
            path=_CERTIFICATE,
            message=f"the certificate belongs to account {account}, the deployment to account {deployment.account_id}",
            value=arn,
            allowed=f"a certificate of account {deployment.account_id}",
            hint=f"request or import the certificate in account {deployment.account_id}",
        )


def _health_check_ends_before_the_next(deployment: RegionalDeployment) -> Iterator[Problem]:
    check = deployment.load_balancer.health_check
    if check.timeout >= check.interval:
        yield Problem(
            path=("load_balancer", "health_check", "timeout"),
            message=f"a health check may take {check.timeout} s, but the next one begins after {check.interval} s",
            value=str(check.timeout),
            allowed=f"less than load_balancer.health_check.interval, which is {check.interval}",
            hint="lower timeout or raise interval",
        )


def _matcher_ranges(deployment: RegionalDeployment) -> Iterator[Problem]:
    matcher = deployment.load_balancer.health_check.matcher
    for part in matcher.split(","):
        codes = re.fullmatch(r"(\d{3})(?:-(\d{3}))?", part)
        if codes is None or (codes[2] is not None and codes[1] >= codes[2]):
            yield Problem(
                path=("load_balancer", "health_check", "matcher"),
                message=f'"{part}" is neither a status code nor a range from a lower to a higher one',
                value=matcher,
                allowed='codes and ranges from 200 to 499, such as "200" or "200-299,302"',
            )


RULES = (
    Rule(
        id="load_balancer-certificate-in-reach",
        title="The certificate is in the load balancer's region and account",
        link="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/https-listener-certificates.html",
        check=_certificate_in_reach,
    ),
    Rule(
        id="load_balancer-health-check-timeout",
        title="A health check ends before the next one begins",
        link="https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html",
        check=_health_check_ends_before_the_next,
    ),
    Rule(
        id="load_balancer-health-check-matcher",
        title="The status codes of a healthy task are codes and rising ranges",
        link="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_Matcher.html",
        check=_matcher_ranges,
    ),
)
