"""The options of a judgement as one value."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from capgen.cli.options import Level
from capgen.diagnostics import Diagnostic

if TYPE_CHECKING:
    from capgen.assess import Terms


def terms_of(
    today: date, waivers: Sequence[Path] | None, policies: Path | None, fail_on: Level
) -> tuple["Terms", list[Diagnostic]]:
    """Read the files that the options name. With an error among the diagnostics, nothing should be judged."""
    from capgen.assess import Terms, read_waiver_file
    from capgen.findings import FindingSeverity
    from capgen.scan import check_policies

    read = [read_waiver_file(file) for file in waivers or ()]
    shared = tuple(waiver for found, _ in read for waiver in found)
    diagnostics = [*(diagnostic for _, found in read for diagnostic in found), *check_policies(policies)]
    terms = Terms(today=today, waivers=shared, policies=policies, fail_on=FindingSeverity(fail_on.value))
    return terms, diagnostics
