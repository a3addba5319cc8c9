"""The runbook of a region: the guide's day-2 commands with this deployment's names filled in."""

from capgen.model.names import names_of
from capgen.model.regional import RegionalDeployment
from capgen.write.template import template


def runbook(deployment: RegionalDeployment) -> bytes:
    """Write RUNBOOK.md for one region."""
    text: str = template("runbook.md.j2").render(deployment=deployment, names=names_of(deployment))
    return text.encode()
