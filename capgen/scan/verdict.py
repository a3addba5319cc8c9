"""What one check says about one block, and what to do where it says nothing that can be used."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from capgen.findings import FindingSeverity

_OUTCOMES = {"PASSED": True, "FAILED": False, "UNKNOWN": None, "SKIPPED": None}


class IncompleteScanError(Exception):
    """checkov did not judge everything that it was given. Nothing it says about the rest can be trusted."""


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What one check says about one block: passed, failed, or None when it does not apply or a value is not known.

    `keys` are the arguments that the check looked at. `severity` is known of the user's own checks alone.
    """

    check: str
    name: str
    block: str
    passed: bool | None
    guideline: str | None
    keys: tuple[str, ...] = ()
    severity: FindingSeverity | None = None


def block_name(block_type: str, name: str) -> str:
    """Return what a block is called among the origins of a flattened root."""
    return name if block_type == "resource" else f"{block_type}.{name}"


def in_order(checks: Iterable[Any]) -> list[Any]:
    """Return checks in the order of their ids, which is the order in which they run."""
    return sorted(checks, key=lambda check: str(check.id))


def passed(check: str, block: str, result: Any) -> bool | None:
    """Read checkov's result. Raises IncompleteScanError where it is none."""
    outcome = result[0] if isinstance(result, tuple) and result else result
    try:
        return _OUTCOMES[outcome.name]
    except (AttributeError, KeyError):
        raise IncompleteScanError(f"{check} on {block} said {outcome!r}, which is no CheckResult") from None


def tried(what: str, call: Callable[..., Any], *arguments: Any) -> Any:
    """Call what is not ours, and return what it returns. Raises IncompleteScanError for whatever it raises."""
    try:
        return call(*arguments)
    except (Exception, SystemExit) as error:
        raise IncompleteScanError(f"{what} failed: {type(error).__name__}: {error}") from error
