"""Changes as Markdown, for a comment on a pull request."""

from collections.abc import Iterator, Sequence
from itertools import groupby

from capgen.compare import Comparison, PermissionChange, RegionChanges
from capgen.report.change_words import headline, presence
from capgen.report.markdown.change_items import MOST, flow_item, resource_item
from capgen.report.markdown.escape import code, escaped


def changes_markdown(changes: Sequence[RegionChanges], level: int = 3) -> str:
    """Return one section per region with its resources, exposure and permissions. `level` is that of its headings."""
    return "\n".join(line for region in changes for line in _region(region, level))


def comparison_markdown(comparison: Comparison) -> str:
    """Return the changes of every region that has some, below a heading with the verdict."""
    verdict = "dangerous" if comparison.dangerous else "equal" if comparison.equal else "different"
    regions = [region for region in comparison.regions if not region.equal]
    return "\n".join(
        [
            f"## capgen diff: {verdict}\n",
            *(f"{escaped(line)}\n" for line in presence(comparison)),
            changes_markdown(regions),
        ]
    )


def _region(changes: RegionChanges, level: int) -> Iterator[str]:
    yield f"{'#' * level} {escaped(changes.region)}: {escaped(headline(changes))}\n"
    if changes.resources:
        yield "**Resources**\n"
        yield from _cut([resource_item(change) for change in changes.resources])
    if changes.exposure:
        yield "**Exposure**\n"
        yield from _cut([flow_item(change) for change in changes.exposure])
    if changes.permissions:
        yield "**Permissions**\n"
        for holder, of_holder in groupby(changes.permissions, key=lambda change: change.holder):
            yield f"{code(holder)}\n"
            yield from _cut([_permission(change) for change in of_holder])


def _permission(change: PermissionChange) -> str:
    denied = " a denial" if change.effect == "Deny" else ""
    return f"- **{'gained' if change.gained else 'lost'}**{denied} {escaped(change.words)}"


def _cut(entries: list[str]) -> Iterator[str]:
    yield from entries[:MOST]
    if len(entries) > MOST:
        yield f"- and {len(entries) - MOST} more"
    yield ""
