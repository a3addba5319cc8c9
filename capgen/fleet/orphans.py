"""Outputs that no spec has."""

from collections.abc import Sequence
from pathlib import Path

from capgen.diagnostics import Diagnostic, Severity
from capgen.fleet.find import Found
from capgen.fleet.options import Options
from capgen.fleet.survey import Member
from capgen.fleet.task import Verb
from capgen.write.manifest import read_manifest


def orphans_of(found: Found, members: Sequence[Member], options: Options) -> tuple[str, ...]:
    """Return the outputs that no spec has, where a check was given a folder or a pattern: one file says nothing of it.

    A spec that cannot be read may be theirs: then none is named.
    """
    nameless = any(member.deployment is None for member in members)
    if options.verb is not Verb.CHECK or not found.searched or nameless or not options.out.is_dir():
        return ()
    wanted = {member.deployment for member in members}
    others = (entry for entry in sorted(options.out.iterdir()) if entry.name not in wanted and entry.name[0] != ".")
    return tuple(entry.name for entry in others if entry.is_dir() and read_manifest(entry) is not None)


def orphan_told(directory: Path) -> Diagnostic:
    """Warn of such an output."""
    return Diagnostic(
        rule="fleet-orphan",
        message=f"{directory} is an output of capgen's, and none of these specs has its name",
        severity=Severity.WARNING,
        hint="where the deployment is given up: terraform destroy in each region, then remove the folder",
    )
