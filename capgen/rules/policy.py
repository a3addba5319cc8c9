"""Rules of the spec's waivers."""

from collections.abc import Iterator

from capgen.model.day import DAY_ALLOWED, day, day_hint
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule

_RFC_3339 = "https://datatracker.ietf.org/doc/html/rfc3339#section-5.7"
_ADDRESSES = "https://developer.hashicorp.com/terraform/cli/state/resource-addressing"


def _expires(deployment: RegionalDeployment) -> Iterator[Problem]:
    for index, waiver in enumerate(deployment.policy.waivers):
        if waiver.expires is not None and day(waiver.expires) is None:
            yield Problem(
                path=("policy", "waivers", index, "expires"),
                message=f"there is no day {waiver.expires}",
                value=waiver.expires,
                allowed=DAY_ALLOWED,
                hint=day_hint(waiver.expires),
            )


def _distinct_waivers(deployment: RegionalDeployment) -> Iterator[Problem]:
    """Refuse two waivers of one check for one resource. The profile's stand aside: nobody wrote them here."""
    seen: set[tuple[str, str]] = set()
    for index, waiver in enumerate(deployment.policy.waivers):
        accepted = (waiver.check, waiver.resource)
        if waiver.owner is not None and accepted in seen:
            yield Problem(
                path=("policy", "waivers", index, "resource"),
                message=f"{waiver.check} is waived twice for {waiver.resource}",
                value=waiver.resource,
                hint="keep one of the two: the longer one would hide that the other has expired",
            )
        if waiver.owner is not None:
            seen.add(accepted)


RULES = (
    Rule(id="policy-expires", title="A waiver expires on a day of the calendar", link=_RFC_3339, check=_expires),
    Rule(id="policy-distinct-waivers", title="A finding has one waiver", link=_ADDRESSES, check=_distinct_waivers),
)
