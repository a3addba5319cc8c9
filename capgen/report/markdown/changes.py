"""What a plan changes, by its consequences."""

from typing import TYPE_CHECKING

from capgen.report.change_words import WORLD, attribute_in_words, exposure_in_words, remark
from capgen.report.markdown.escape import code, escaped
from capgen.report.markdown.section import Section

if TYPE_CHECKING:
    from capgen.compare import ExposureChange, PermissionChange, RegionChanges, ResourceChange


def changed(changes: "tuple[RegionChanges, ...]") -> list[Section]:
    """Return a section for each kind of change, the most dangerous changes of all regions first."""
    resources = [(each.region, change) for each in changes for change in each.resources]
    resources.sort(key=lambda each: not each[1].dangerous)
    exposure = [(each.region, change) for each in changes for change in each.exposure]
    exposure.sort(key=lambda each: not (each[1].opened and each[1].world))
    permissions = [(each.region, change) for each in changes for change in each.permissions]
    permissions.sort(key=lambda each: not each[1].gained)
    flows, gains = [_flow(*each) for each in exposure], [_permission(*each) for each in permissions]
    return [
        Section(heading="### Resources that change", noun="resource", blocks=[_resource(*each) for each in resources]),
        Section(heading="### Exposure that changes", noun="flow", blocks=flows),
        Section(heading="### Permissions that change", noun="permission", blocks=gains),
    ]


def _resource(region: str, change: "ResourceChange") -> str:
    said = f" **{escaped(remark(change))}**" if remark(change) else ""
    lines = [f"- **{change.action}** {code(change.address)} in {code(region)}{said}"]
    lines += [f"  - {code(attribute_in_words(attribute))}" for attribute in change.attributes]
    return "\n".join(lines) + "\n"


def _flow(region: str, change: "ExposureChange") -> str:
    world = f" **{WORLD}**" if change.world and change.opened else ""
    what = "opened" if change.opened else "closed"
    return f"- **{what}** {escaped(exposure_in_words(change))} in {code(region)}{world}\n"


def _permission(region: str, change: "PermissionChange") -> str:
    what = "gains" if change.gained else "loses"
    denial = " a denial" if change.effect == "Deny" else ""
    words = f"{escaped(change.words)} ({code(change.action)})"
    return f"- {code(change.holder)} **{what}**{denial} in {code(region)}: {words}\n"
