"""Check a disaster recovery pair."""

from collections.abc import Iterator

from capgen.diagnostics import Diagnostic, did_you_mean
from capgen.load import dotted
from capgen.model.disaster_recovery import DisasterRecovery
from capgen.model.regional import DeploymentModel, RegionModel
from capgen.model.rule import Problem
from capgen.rules.pair_rule import PairRule, Sides
from capgen.rules.recovery_alike import RULES as ALIKE
from capgen.rules.recovery_capacity import RULES as CAPACITY
from capgen.rules.recovery_rules import RULES as COPYING
from capgen.rules.recovery_serving import RULES as SERVING

RULES: tuple[PairRule, ...] = (*COPYING, *ALIKE, *CAPACITY, *SERVING)

_PRIMARY_REGION = ("disaster_recovery", "primary_region")
_LINK = "https://docs.aws.amazon.com/efs/latest/ug/API_CreateReplicationConfiguration.html"
_TWO = 2


def check_recovery(model: DeploymentModel) -> Iterator[Diagnostic]:
    """Yield what is wrong with the pair, or that there is none though the spec asks for one."""
    recovery = model.regions[0].values.disaster_recovery if model.regions else None
    if recovery is None:
        return
    unpaired = _unpaired(model, recovery)
    if unpaired is not None:
        yield unpaired
        return
    primary, standby = sorted(model.regions, key=lambda region: region.values.region != recovery.primary_region)
    sides = Sides(recovery=recovery, primary=primary.values, standby=standby.values)
    for rule in RULES:
        for problem in rule.check(sides):
            yield _diagnostic(rule, problem, primary if rule.of_primary else standby)


def _unpaired(model: DeploymentModel, recovery: DisasterRecovery) -> Diagnostic | None:
    """Refuse any number of regions but two, and a primary that is none of them.

    A file system is part of one replication, and a bucket has one replication configuration: a second standby would
    have neither.
    """
    codes = [region.values.region for region in model.regions]
    if recovery.primary_region not in codes:
        message = f"the primary region {recovery.primary_region} is none of the spec's regions"
        hint = did_you_mean(recovery.primary_region, codes)
    elif len(codes) != _TWO:
        message = f"disaster recovery is between two regions, and the spec has {len(codes)}"
        hint = "add the region that stands by" if len(codes) == 1 else "write a spec of its own for what is not a pair"
    else:
        return None
    return Diagnostic(
        rule="recovery-two-regions", message=message, path=dotted(_PRIMARY_REGION), value=recovery.primary_region,
        location=model.regions[0].sources.value_at(*_PRIMARY_REGION), allowed=", ".join(codes), hint=hint, link=_LINK,
    )  # fmt: skip


def _diagnostic(rule: PairRule, problem: Problem, region: RegionModel) -> Diagnostic:
    return Diagnostic(
        rule=rule.id, message=problem.message, severity=problem.severity, path=dotted(problem.path),
        location=region.sources.value_at(*problem.path), value=problem.value, allowed=problem.allowed,
        hint=problem.hint, link=rule.link,
    )  # fmt: skip
