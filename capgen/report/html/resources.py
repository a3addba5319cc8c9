"""Every resource and data source, with its arguments as they will be."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from capgen.assess import Assessment
from capgen.evaluate import Block
from capgen.report.files import compiled_file
from capgen.report.html.anchors import Anchors
from capgen.report.html.masked import masked_arguments


@dataclass(frozen=True, kw_only=True)
class ResourceRow:
    """One resource. `id` is that of its place in the page; `arguments` have no secret in them."""

    id: str
    address: str
    type: str
    module: str
    is_data: bool
    file: str
    line: int
    arguments: dict[str, Any]


def resource_rows(assessment: Assessment, found: Iterable[Block], anchors: Anchors) -> tuple[ResourceRow, ...]:
    """Return the rows, by address; data sources last."""
    rows = (
        ResourceRow(
            id=anchors.resources[block.address],
            address=block.address,
            type=block.type,
            module=_module(block.address),
            is_data=block.is_data,
            file=compiled_file(assessment, block.place.file),
            line=block.place.line,
            arguments=masked_arguments(block.type, block.body),
        )
        for block in found
    )
    return tuple(sorted(rows, key=lambda row: (row.is_data, row.address)))


def _module(address: str) -> str:
    parts = address.split(".")
    return parts[1] if parts[0] == "module" else "root"
