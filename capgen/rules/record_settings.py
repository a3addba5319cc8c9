"""What a spec says of a record, and its routing does not look at."""

from collections.abc import Iterator, Mapping, Sequence

from capgen.diagnostics import Diagnostic, Severity
from capgen.load import SpecPath, dotted
from capgen.model.regional import RegionModel
from capgen.rules.record_problem import dns_of, record_problem

_ROUTING = "https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/routing-policy.html"


_NEEDS: Mapping[SpecPath, tuple[str, ...]] = {
    ("dns", "health_check"): ("failover", "latency", "weighted"),
    ("dns", "weight"): ("weighted",),
}
"""The routings for which a setting means something."""


def check_settings(regions: Sequence[RegionModel]) -> Iterator[Diagnostic]:
    """Warn of a weight where none is asked for, and of a health check where there is no other region to choose.

    Whoever wrote it expects something of it. What means something to one region at least is no mistake, and a line that
    several regions have is told once.
    """
    for path, needed in _NEEDS.items():
        sources = [(region, region.sources.origins.get(path)) for region in regions]
        written = [(region, origin.path) for region, origin in sources if origin is not None and origin.kind == "spec"]
        told = {source for region, source in written if dns_of(region).routing in needed}
        for region, source in written:
            if source not in told:
                told.add(source)
                yield _needless(region, path, needed)


def _needless(region: RegionModel, path: SpecPath, needed: tuple[str, ...]) -> Diagnostic:
    dns = dns_of(region)
    return record_problem(
        "dns-needless-setting", region, path,
        f"{dotted(path)} has no effect: {dns.name} is routed by {dns.routing}" if dns.routing != "simple" else
        f"{dotted(path)} has no effect: the record of {dns.name} is the only one",
        value=None, allowed=None, hint=f"remove it, or set dns.routing to {' or '.join(needed)}", link=_ROUTING,
        severity=Severity.WARNING,
    )  # fmt: skip
