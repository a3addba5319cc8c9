"""A problem of one region's record, as a diagnostic."""

from capgen.diagnostics import Diagnostic, Severity
from capgen.load import SpecPath, dotted
from capgen.model.dns import Dns
from capgen.model.regional import RegionModel


def dns_of(region: RegionModel) -> Dns:
    """Return the section of a region that has one."""
    assert region.values.dns is not None
    return region.values.dns


def record_problem(
    rule: str,
    region: RegionModel,
    path: SpecPath,
    message: str,
    *,
    value: str | None,
    allowed: str | None,
    hint: str,
    link: str,
    severity: Severity = Severity.ERROR,
) -> Diagnostic:
    """Return a diagnostic at a path of the region's values."""
    return Diagnostic(
        rule=rule,
        message=message,
        severity=severity,
        location=region.sources.value_at(*path),
        path=dotted(path),
        value=value,
        allowed=allowed,
        hint=hint,
        link=link,
    )
