"""A rule: what the schema cannot say about a region's values."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from capgen.diagnostics import Severity
from capgen.load import SpecPath
from capgen.model.regional import RegionalDeployment


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What a rule found at `path` of the region's values; the runner adds rule id, link and place."""

    path: SpecPath
    message: str
    value: str | None = None
    allowed: str | None = None
    hint: str | None = None
    severity: Severity = Severity.ERROR


@dataclass(frozen=True, kw_only=True)
class Rule:
    """One rule of one component. `id` starts with the component's name; `link` is AWS's or Terraform's own page."""

    id: str
    title: str
    link: str
    check: Callable[[RegionalDeployment], Iterable[Problem]]
