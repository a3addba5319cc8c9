"""What a region's root is held to: the waivers and the flows that its spec asks for, written beside it."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from capgen.diagnostics import Diagnostic, Location, Severity
from capgen.findings import Waiver
from capgen.findings.waiver import OF_ENVIRONMENT
from capgen.model.day import day
from capgen.topology import DeclaredNetwork, IntendedFlow

#: Written into every region's root, so that the tree can be judged without the spec.
POLICY_FILE = "policy.json"


@dataclass(frozen=True, kw_only=True)
class Intent:
    """What the spec asks for. `flows` is None where nothing says what is intended; `network` is what it declares."""

    waivers: tuple[Waiver, ...] = ()
    flows: tuple[IntendedFlow, ...] | None = None
    network: DeclaredNetwork = field(default_factory=DeclaredNetwork)


class _UnreadableError(Exception):
    """The file is not as capgen writes it: what is wrong with it, in words."""


def read_intent(
    root: Path, shown_as: str, locate: Callable[[str], Location | None], spec: Any = None
) -> tuple[Intent | None, list[Diagnostic]]:
    """Read what stands in a region's root. There may be nothing, for a root that capgen did not write.

    `locate` finds the place of a spec path: a waiver is then told at the spec's line. `spec` is what the file should
    say, where the spec is at hand: that is what counts then, and a file that says something else is a warning.
    """
    file = root / POLICY_FILE
    if spec is None and not file.exists():
        return Intent(), []
    try:
        written = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        if spec is None:
            return None, [_unreadable(shown_as, error)]
        written = None
    intent, diagnostics = _intent(written if spec is None else spec, shown_as, locate)
    return intent, diagnostics if spec is None else [*diagnostics, *_departures(written, spec, shown_as)]


def _intent(
    policy: Any, shown_as: str, locate: Callable[[str], Location | None]
) -> tuple[Intent | None, list[Diagnostic]]:
    here = Location(shown_as, 1, 1)
    try:
        waivers = [
            _waiver(entry, f"waivers[{index}]", locate(_spec_path(entry, index)) or here)
            for index, entry in enumerate(_list(policy, "waivers"))
        ]
        flows = [_flow(entry, f"flows[{index}]") for index, entry in enumerate(_list(policy, "flows"))]
        network = _network(policy.get("network", {}))
    except (RecursionError, _UnreadableError) as error:
        return None, [_unreadable(shown_as, error)]
    return Intent(waivers=tuple(waivers), flows=tuple(flows), network=network), []


def _departures(written: Any, spec: Any, shown_as: str) -> list[Diagnostic]:
    """Tell where the file says something else than the spec."""
    if written == spec:
        return []
    parts = [key for key in sorted(spec) if not isinstance(written, dict) or written.get(key) != spec[key]]
    what = ", ".join(parts) or "what it adds"
    return [
        Diagnostic(
            rule="scan-policy-differs",
            message=f"{POLICY_FILE} does not say what the spec asks for ({what}): the spec counts",
            severity=Severity.WARNING,
            location=Location(shown_as, 1, 1),
            hint="compile the spec again",
        )
    ]


def _unreadable(shown_as: str, error: Exception) -> Diagnostic:
    what = str(error)
    if isinstance(error, OSError):
        what = (error.strerror or what).lower()  # without the path, which may be of the machine
    elif isinstance(error, RecursionError):
        what = "it is nested too deeply"
    return Diagnostic(
        rule="scan-waivers",
        message=f"what the region is held to cannot be read: {what}",
        location=Location(shown_as, getattr(error, "lineno", 1), getattr(error, "colno", 1)),
        hint="compile the spec again: capgen writes this file",
    )


def _spec_path(entry: Any, index: int) -> str:
    """Return the path of the region's effective values from which a waiver comes."""
    of_environment = isinstance(entry, dict) and entry.get("spec") == OF_ENVIRONMENT
    return OF_ENVIRONMENT if of_environment else f"policy.waivers.{index}.check"


def _waiver(entry: Any, name: str, place: Location) -> Waiver:
    return Waiver(
        check=_text(entry, "check", name),
        resource=_text(entry, "resource", name),
        owner=_text(entry, "owner", name),
        reason=_text(entry, "reason", name),
        spec=_text(entry, "spec", name),
        expires=_expires(entry, name),
        place=place,
    )


def _expires(entry: Any, name: str) -> date | None:
    """Return the last day. Only a waiver of the environment's profile has none."""
    if entry["spec"] == OF_ENVIRONMENT and "expires" in entry and entry["expires"] is None:
        return None
    expires = day(_text(entry, "expires", name))
    if expires is None:
        raise _UnreadableError(f"{name}.expires is no day of the calendar")
    return expires


def _flow(entry: Any, name: str) -> IntendedFlow:
    text = {key: _text(entry, key, name) for key in ("source", "destination", "protocol", "spec")}
    port = entry.get("port")
    if not isinstance(port, int) or isinstance(port, bool):
        raise _UnreadableError(f"{name}.port must be a number")
    return IntendedFlow(**text, port=port)


def _network(entry: Any) -> DeclaredNetwork:
    """Return what the spec says of the network; what it does not say is null, or left out."""
    if not isinstance(entry, dict):
        raise _UnreadableError("network must be an object")
    nat, endpoints, public = (entry.get(key) for key in ("nat_gateway", "vpc_endpoints", "public"))
    if nat is not None and not isinstance(nat, bool):
        raise _UnreadableError("network.nat_gateway must be true or false")
    for key, names in (("vpc_endpoints", endpoints), ("public", public)):
        if names is not None and not (isinstance(names, list) and all(isinstance(name, str) for name in names)):
            raise _UnreadableError(f"network.{key} must be a list of names")
    return DeclaredNetwork(
        nat_gateway=nat,
        vpc_endpoints=None if endpoints is None else tuple(endpoints),
        public=None if public is None else tuple(public),
    )


def _list(policy: Any, key: str) -> list[Any]:
    if not isinstance(policy, dict) or not isinstance(policy.get(key), list):
        raise _UnreadableError(f"it must be an object with the lists waivers and flows, and {key} is not one")
    found: list[Any] = policy[key]
    return found


def _text(entry: Any, key: str, name: str) -> str:
    found = entry.get(key) if isinstance(entry, dict) else None
    if not isinstance(found, str) or not found.strip():
        raise _UnreadableError(f"{name}.{key} must be text")
    return found
