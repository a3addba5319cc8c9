"""One changed resource or flow as an item of a Markdown list."""

from typing import TYPE_CHECKING

from capgen.report.change_words import WORLD, attribute_in_words, exposure_in_words, remark
from capgen.report.markdown.escape import code, escaped

if TYPE_CHECKING:
    from capgen.compare import ExposureChange, ResourceChange

MOST = 40
"""Entries of one list that are shown: a comment must stay below GitHub's limit of 65,536 characters."""


def resource_item(change: "ResourceChange", where: str = "") -> str:
    """Tell what happens to a resource, with its arguments below it. `where` stands after its address, as Markdown."""
    said = f" **{escaped(remark(change))}**" if remark(change) else ""
    lines = [f"- **{change.action}** {code(change.address)}{where}{said}"]
    lines += [f"  - {code(attribute_in_words(attribute))}" for attribute in change.attributes[:MOST]]
    if len(change.attributes) > MOST:
        lines.append(f"  - and {len(change.attributes) - MOST} more")
    return "\n".join(lines)


def flow_item(change: "ExposureChange", where: str = "") -> str:
    """Tell which flow is opened or closed, and whether the world is let in."""
    world = f" **{WORLD}**" if change.world and change.opened else ""
    return f"- **{'opened' if change.opened else 'closed'}** {escaped(exposure_in_words(change))}{where}{world}"
