"""Which checks there are at all, whether or not they apply to what capgen emits."""

from pathlib import Path

from capgen.scan import engine
from capgen.scan.user_policies import user_checks


def check_ids(policies: Path | None = None) -> frozenset[str]:
    """Return the id of every check for Terraform: checkov's, capgen's, and those of a folder of the user's own."""
    parts = engine.load()
    with engine.contained(), user_checks(parts, policies) as own:
        registered = (check for registry in parts.registries.values() for _, check in registry.all_checks())
        return frozenset({*(str(check.id) for check in (*registered, *parts.graph_registry.checks)), *own.severities})
