"""The judgement of a fleet as one: waivers that specs share cross deployments."""

from dataclasses import replace

from capgen.assess import Assessment, RegionAssessment, apply_waivers
from capgen.diagnostics import Diagnostic
from capgen.fleet.options import Options
from capgen.fleet.outcome import Outcome, Status


def assess_together(outcomes: tuple[Outcome, ...], options: Options) -> Assessment:
    """Apply the waivers to the regions of all deployments, as a scan of the folder of outputs would.

    Of a deployment that failed nothing is known: a shared waiver that is meant for it may match there. Where only a
    shard of the fleet is judged, or a spec cannot be read at all, one may match in deployments that are not here.
    """
    assert options.terms is not None
    regions = [judged.assessment for outcome in outcomes for judged in outcome.regions]
    failed = [outcome for outcome in outcomes if outcome.status is Status.FAILED]
    unknown = [region for outcome in failed for region in _regions_of(outcome)]
    more = options.shard is not None or any(not _regions_of(outcome) for outcome in failed)
    applied, diagnostics = apply_waivers([*regions, *unknown], options.terms, more=more)
    return Assessment(terms=options.terms, base=options.out.as_posix(), regions=tuple(applied[: len(regions)]),
                      waiver_diagnostics=tuple(diagnostics))  # fmt: skip


def _regions_of(outcome: Outcome) -> list[RegionAssessment]:
    data = outcome.document.data if outcome.document is not None else None
    names = data.get("regions") if isinstance(data, dict) else None
    if outcome.deployment is None or not isinstance(names, dict):
        return []
    region = RegionAssessment(name="", deployment=outcome.deployment, region="", diagnostics=(_NOTHING,))
    return [replace(region, name=f"{outcome.deployment}/{name}", region=str(name)) for name in names]


_NOTHING = Diagnostic(rule="fleet-not-judged", message="the deployment failed")
