"""Changes in words, which text and Markdown share: the consequence first, then what it happens to."""

import json
import re
from collections.abc import Iterator
from typing import Any

from capgen.compare import (
    Action,
    AttributeChange,
    Comparison,
    ExposureChange,
    RegionChanges,
    ResourceChange,
)
from capgen.reach import Flow
from capgen.reach.wording import end_in_words
from capgen.report.words import count
from capgen.topology.addresses import is_world, parse_range
from capgen.validate.words import shorten

DATA_LOSS = "DATA LOSS"
OVERWRITTEN = "the file system that it copies to exists, and what that holds is overwritten"
WORLD = "WORLD"
_LONGEST = 160
"""Characters of one value that are shown."""

_LAST_PORT = 65535
_DONE = {Action.REPLACE: "replaced", Action.DESTROY: "destroyed", Action.UPDATE: "updated", Action.CREATE: "created"}


def headline(changes: RegionChanges) -> str:
    """Return what happens to a region in one line, worst first."""
    return ", ".join(_counts(changes)) or "no change"


def _counts(changes: RegionChanges) -> Iterator[str]:
    lost = sum(change.dangerous for change in changes.resources)
    if lost:
        yield f"the data of {count(lost, 'resource')} is lost"
    world = sum(change.world and change.opened for change in changes.exposure)
    if world:
        yield f"{count(world, 'flow')} opened to the world"
    for action, word in _DONE.items():
        found = sum(change.action is action for change in changes.resources)
        if found:
            yield f"{count(found, 'resource')} {word}"
    for opened, word in ((True, "opened"), (False, "closed")):
        found = sum(change.opened is opened and not change.world for change in changes.exposure)
        if found:
            yield f"{count(found, 'flow')} {word}"
    for gained, word in ((True, "gained"), (False, "lost")):
        found = sum(change.gained is gained for change in changes.permissions)
        if found:
            yield f"{count(found, 'permission')} {word}"


def presence(comparison: Comparison) -> Iterator[str]:
    """Yield a sentence for each region that only one side has."""
    for name in comparison.vanished:
        yield f"The region {name} goes: everything in it is destroyed."
    for name in comparison.appeared:
        yield f"The region {name} comes: everything in it is created."


def remark(change: ResourceChange) -> str:
    """Return what is to be said of a resource beside its action, or nothing."""
    refused = "Terraform refuses: prevent_destroy" if change.prevent_destroy else ""
    overwritten = OVERWRITTEN if change.overwrites else ""
    return ", ".join(filter(None, (DATA_LOSS if change.dangerous else "", overwritten, refused)))


def attribute_in_words(change: AttributeChange) -> str:
    """Return one argument with its values and the consequence: `storage_encrypted: true -> false (forces …)`."""
    return f"{change.path}: {_values(change)}{consequence(change)}"


def _values(change: AttributeChange) -> str:
    if change.because is None:
        return f"{value_in_words(change.old)} -> {value_in_words(change.new)}"
    read = re.search(r"(^|\.)data\.", change.because)
    return f"known after apply, because {change.because} {'reads something else' if read else 'is replaced'}"


def consequence(change: AttributeChange) -> str:
    """Return what follows from a change of an argument, or nothing."""
    return " (forces replacement)" if change.forces_replacement else ""


def value_in_words(value: Any) -> str:
    """Write a value on one line as JSON, shortened; a reference is its address alone."""
    if value is None:
        return "(not set)"
    if isinstance(value, str) and value.startswith("${") and value.endswith("}") and value.count("${") == 1:
        return shorten(value[2:-1], _LONGEST)
    return shorten(json.dumps(value, ensure_ascii=False), _LONGEST)


def exposure_in_words(change: ExposureChange) -> str:
    """Return who can connect to whom: `the Internet (0.0.0.0/0) -> the database, tcp 5432`."""
    flow = change.flow
    source = end_in_words(flow.source, internet=flow.internet or is_world(flow.source))
    destination = end_in_words(flow.destination, internet=flow.internet)
    return f"{source} -> {destination}, {ports_in_words(flow)}{_by_which_way(flow)}"


def _by_which_way(flow: Flow) -> str:
    return " (over the Internet)" if flow.internet and parse_range(flow.source) and not is_world(flow.source) else ""


def ports_in_words(flow: Flow) -> str:
    """Return protocol and ports: `tcp 5432`, `udp 1000-2000`, `all protocols`."""
    if flow.protocol == "all":
        return "all protocols"
    if (flow.from_port, flow.to_port) == (0, _LAST_PORT):
        return f"all {flow.protocol} ports"
    ports = str(flow.from_port) if flow.from_port == flow.to_port else f"{flow.from_port}-{flow.to_port}"
    return f"{flow.protocol} {ports}"
