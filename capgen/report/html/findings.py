"""What policy finds and nobody has accepted."""

from dataclasses import dataclass

from capgen.assess import Assessment
from capgen.findings import Finding
from capgen.report.files import compiled_file
from capgen.report.html.anchors import Anchors
from capgen.report.html.quote import Quote, Quotes


@dataclass(frozen=True, kw_only=True)
class FindingCard:
    """A finding in its region. `resource` is the id of the place with the resource; `fails` says that it counts."""

    id: str
    region: str
    finding: Finding
    file: str
    fails: bool
    resource: str | None
    quote: Quote | None


def finding_cards(assessment: Assessment, anchors: tuple[Anchors, ...], quotes: Quotes) -> tuple[FindingCard, ...]:
    """Return the findings of all regions, the worst first."""
    cards = [
        FindingCard(
            id=f"{places.region}-f{number}",
            region=region.name,
            finding=finding,
            file=compiled_file(assessment, finding.file),
            fails=assessment.terms.fails(finding),
            resource=places.resource(finding.address),
            quote=quotes.at(finding.spec),
        )
        for region, places in zip(assessment.regions, anchors, strict=True)
        for number, finding in enumerate(region.findings)
    ]
    return tuple(sorted(cards, key=lambda card: card.finding.severity.rank))
