"""The whole page, from an assessment to one text."""

from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from types import MappingProxyType
from typing import TYPE_CHECKING

from markupsafe import Markup

from capgen import __version__
from capgen.assess import Assessment
from capgen.diagnostics import Diagnostic, Severity, in_reading_order
from capgen.findings import FindingSeverity
from capgen.report.files import diagnostic_file
from capgen.report.html.anchors import anchors
from capgen.report.html.changes import changes_views
from capgen.report.html.configuration import value_rows
from capgen.report.html.environment import environment
from capgen.report.html.findings import finding_cards
from capgen.report.html.quote import quotes_of
from capgen.report.html.region_view import region_view
from capgen.report.html.security import content_security_policy
from capgen.report.html.summary import summary
from capgen.report.html.waivers import waiver_rows
from capgen.report.topology import Verdict

if TYPE_CHECKING:
    from capgen.compare import RegionChanges
    from capgen.pipeline import Validated

_MANY = 4
_STYLES = ("colours", "page", "parts", "sections", "topology", "print")
_SCRIPTS = ("theme", "filter", "sort", "page")


def html_page(
    assessment: Assessment,
    validated: "Validated | None" = None,
    changes: "tuple[RegionChanges, ...]" = (),
    diagnostics: "Iterable[Diagnostic]" = (),
    links: Mapping[str, str] = MappingProxyType({}),
) -> str:
    """Return a page that needs no other file. The same input gives the same bytes.

    `validated` is the spec, where one is known: its lines are quoted, and its effective values are listed. `changes`
    are those of a reviewed plan, `diagnostics` what else there is to say about it. With `links`, from the names of
    regions to the pages that tell of them, the page is the summary alone.
    """
    told = tuple(dict.fromkeys((*(validated.diagnostics if validated else ()), *diagnostics)))
    quotes = quotes_of(validated.document if validated else None, told)
    places = tuple(anchors(region, number) for number, region in enumerate(assessment.regions))
    waivers = waiver_rows(assessment, quotes)
    changed = changes_views(changes)
    messages = sorted(
        in_reading_order((*told, *assessment.diagnostics)), key=lambda each: list(Severity).index(each.severity)
    )
    style, script = _asset("css", _STYLES), _asset("js", _SCRIPTS)
    page: str = environment().get_template("page.html.j2").render(
        assessment=assessment,
        changes=changed,
        csp=content_security_policy(script, style),
        findings=() if links else finding_cards(assessment, places, quotes),
        links=links,
        messages=[(each, diagnostic_file(assessment, each)) for each in messages],
        model=validated.model if validated else None,
        regions=[region_view(assessment, *each) for each in zip(assessment.regions, places, strict=True) if not links],
        script=Markup(script),  # noqa: S704 : a file of this package
        severities=list(FindingSeverity),
        style=Markup(style),  # noqa: S704 : a file of this package
        summary=summary(assessment, told, waivers, changed),
        title=_title(assessment),
        values=value_rows(validated.model) if validated and validated.model else (),
        verdict=Verdict,
        versions={"capgen": __version__, "checkov": version("checkov")},
        waivers=waivers,
    )  # fmt: skip
    return page


def _title(assessment: Assessment) -> str:
    names = sorted({region.deployment for region in assessment.regions})
    if not names:
        return "a refused spec"
    return " and ".join(names) if len(names) < _MANY else f"{len(names)} deployments"


@cache
def _asset(kind: str, names: tuple[str, ...]) -> str:
    """Return files of `assets/` as one text."""
    from importlib.resources import files

    folder = files("capgen.report.html").joinpath("assets")
    return "\n".join(folder.joinpath(f"{name}.{kind}").read_text(encoding="utf-8").strip() for name in names) + "\n"
