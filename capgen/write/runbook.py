"""The runbook of a region: the guide's day-2 commands with this deployment's names filled in."""

from capgen.model.names import names_of
from capgen.model.recovery import asks_for_password
from capgen.model.regional import RegionalDeployment
from capgen.region_facts import facts_of
from capgen.synth.compiled import CompiledRoot
from capgen.write.pair import pair_of
from capgen.write.template import template
from capgen.write.traffic import traffic_of


def runbook(deployment: RegionalDeployment, root: CompiledRoot, order: tuple[tuple[str, ...], ...]) -> bytes:
    """Write RUNBOOK.md for one region. `order` are the regions in the groups in which their roots are applied."""
    text: str = template("runbook.md.j2").render(
        deployment=deployment,
        names=names_of(deployment),
        facts=facts_of(deployment.region),
        asks_for_password=asks_for_password(deployment),
        pair=pair_of(deployment, root, order),
        traffic=traffic_of(deployment),
    )
    return text.encode()
