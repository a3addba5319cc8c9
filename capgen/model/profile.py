"""The profile of a spec's environment."""

from collections.abc import Mapping
from typing import Any

from capgen.diagnostics import Location
from capgen.load import Document
from capgen.resources import table


def environment(document: Document) -> str:
    """Return the environment of a spec that has passed the schema."""
    chosen: str = document.data.get("environment", table("deployment.schema.json")["$defs"]["environment"]["default"])
    return chosen


def profile(document: Document) -> Mapping[str, Any]:
    """Return what the profile of the spec's environment says, in the sections of the spec. Do not change it."""
    values: Mapping[str, Any] = table("profiles.json")["profiles"][environment(document)]
    return values


def profile_location(document: Document) -> Location | None:
    """Return the line that chose the environment's profile, or None where its default did."""
    return document.value_at(("environment",)) if document.has(("environment",)) else None
