"""What a plan changes, by its consequences."""

from typing import TYPE_CHECKING

from capgen.report.markdown.change_items import flow_item, resource_item
from capgen.report.markdown.escape import code, escaped
from capgen.report.markdown.section import Section

if TYPE_CHECKING:
    from capgen.compare import PermissionChange, RegionChanges


def changed(changes: "tuple[RegionChanges, ...]") -> list[Section]:
    """Return a section for each kind of change, the most dangerous changes of all regions first."""
    resources = [(each.region, change) for each in changes for change in each.resources]
    resources.sort(key=lambda each: not each[1].dangerous)
    exposure = [(each.region, change) for each in changes for change in each.exposure]
    exposure.sort(key=lambda each: not (each[1].opened and each[1].world))
    permissions = [(each.region, change) for each in changes for change in each.permissions]
    permissions.sort(key=lambda each: not each[1].gained)
    flows = [flow_item(change, _in(region)) + "\n" for region, change in exposure]
    gains = [_permission(*each) for each in permissions]
    told = [resource_item(change, _in(region)) + "\n" for region, change in resources]
    return [
        Section(heading="### Resources that change", noun="resource", blocks=told),
        Section(heading="### Exposure that changes", noun="flow", blocks=flows),
        Section(heading="### Permissions that change", noun="permission", blocks=gains),
    ]


def _in(region: str) -> str:
    return f" in {code(region)}"


def _permission(region: str, change: "PermissionChange") -> str:
    what = "gains" if change.gained else "loses"
    denial = " a denial" if change.effect == "Deny" else ""
    words = f"{escaped(change.words)} ({code(change.action)})"
    return f"- {code(change.holder)} **{what}**{denial} in {code(region)}: {words}\n"
