"""What there is to say about a waiver itself."""

from collections.abc import Collection
from datetime import date, timedelta

from capgen.diagnostics import Diagnostic, Severity, did_you_mean
from capgen.findings import Waiver

#: How long before its end a waiver is told to expire.
SOON = timedelta(days=30)


def unused(waiver: Waiver, known: Collection[str]) -> Diagnostic:
    """Tell of a waiver that matches nothing. `known` are the ids of all checks."""
    if waiver.check not in known:
        return Diagnostic(
            rule="waiver-unknown-check",
            message=f"there is no check {waiver.check}",
            location=waiver.place,
            path=waiver.spec or None,
            value=waiver.check,
            allowed="the id of a check of checkov or capgen, or of one under --policies",
            hint=did_you_mean(waiver.check, known) or did_you_mean(waiver.check.upper(), known),
        )
    narrow = "" if waiver.spec else ", or say in deployments and regions where it is needed"
    return Diagnostic(
        rule="waiver-unused",
        message=f"{_named(waiver)} matches no finding",
        location=waiver.place,
        path=waiver.spec or None,
        value=waiver.resource,
        hint=f"remove it where what it excused is gone; else correct its address{narrow}",
    )


def expired(waiver: Waiver, *, findings_stand: bool) -> Diagnostic:
    """Tell of a waiver whose last day has passed. Another one may cover what it covered."""
    if findings_stand:
        so, hint = ", so what it excused stands", f"correct what it excused, or let {waiver.owner} decide anew"
    else:
        so, hint = "", "remove it: another waiver covers what it excused"
    return Diagnostic(
        rule="waiver-expired",
        message=f"{_named(waiver)} expired on {waiver.expires}{so}",
        location=waiver.place,
        path=waiver.spec or None,
        value=str(waiver.expires),
        hint=hint,
    )


def expires_soon(waiver: Waiver, today: date) -> list[Diagnostic]:
    """Warn of a waiver that has at most 30 days left."""
    left = waiver.lasts - today
    if left > SOON:
        return []
    when = "today is its last day" if not left.days else f"it expires in {left.days} day{'s' if left.days > 1 else ''}"
    return [
        Diagnostic(
            rule="waiver-expires-soon",
            message=f"{_named(waiver)}: {when}",
            severity=Severity.WARNING,
            location=waiver.place,
            path=waiver.spec or None,
            value=str(waiver.expires),
            hint=f"correct what it excuses, or let {waiver.owner} decide anew",
        )
    ]


def _named(waiver: Waiver) -> str:
    return f"the waiver of {waiver.check} for {waiver.resource}"
