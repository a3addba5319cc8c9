# ruff: noqa: INP001 - a part of a script, beside the data it makes
"""A resource as a state file holds it."""

from typing import Any

from capgen.terraform.provider_schema import Block
from schemas.provider.force_new.trial import Trial, sample, with_value


def existing(trial: Trial, schema: Block, planned: dict[str, Any]) -> dict[str, Any]:
    """Return the resource that a trial starts from: `planned` is what its configuration becomes when it is created."""
    known = _known(schema, planned)
    return _complete(schema, with_value(known, trial.path, trial.exists)) | {"id": known.get("id") or "existing"}


def _known(schema: Block, planned: dict[str, Any]) -> dict[str, Any]:
    """Give what is required and not known before apply a value."""
    known = dict(planned)
    for name, attribute in schema.attributes.items():
        if attribute.required and known.get(name) is None:
            known[name] = sample(attribute.type)
    for name, block_type in schema.block_types.items():
        inner = known.get(name)
        if isinstance(inner, list):
            known[name] = [_known(block_type.block, each or {}) for each in inner]
        elif isinstance(inner, dict):
            known[name] = _known(block_type.block, inner)
    return known


def _complete(schema: Block, body: dict[str, Any]) -> dict[str, Any]:
    """Add every attribute and block that is absent, as null or as an empty list; what is write-only is never kept."""
    complete: dict[str, Any] = {}
    for name, attribute in schema.attributes.items():
        complete[name] = None if attribute.write_only else body.get(name)
    for name, block_type in schema.block_types.items():
        found = body.get(name) or []
        inner = [_complete(block_type.block, each) for each in (found if isinstance(found, list) else [found])]
        complete[name] = (inner[0] if inner else None) if block_type.nesting_mode == "single" else inner
    return complete
