"""Hold what can connect to what against what the spec intends."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from capgen.diagnostics import Location
from capgen.evaluate import Flattened
from capgen.findings import Finding, FindingSeverity
from capgen.reach.answering import unanswered
from capgen.reach.blame import Blame
from capgen.reach.entrances import entrances
from capgen.reach.flow import Flow, Reachability
from capgen.reach.interface import DATABASE, LOAD_BALANCER, STORAGE, TASK
from capgen.reach.matching import covers, exists_as
from capgen.reach.ports import Ports
from capgen.reach.region import Region
from capgen.reach.strangers import strangers
from capgen.reach.wording import end_in_words, section_of
from capgen.resources import table
from capgen.topology import IntendedFlow
from capgen.topology.addresses import is_world

UNINTENDED, MISSING = "CAPGEN_40", "CAPGEN_41"

_CHECKS = table("policy/reachability.json")["checks"]

TITLES: Mapping[str, str] = {check: told["title"] for check, told in _CHECKS.items()}

_DATA = (DATABASE, STORAGE)
_PUBLIC = {
    LOAD_BALANCER: "load_balancer.internal",
    TASK: "network.assign_public_ip",
    DATABASE: "database.publicly_accessible",
}
"""The tiers that may have public addresses, and what in the spec decides."""

Locate = Callable[[str], Location | None]


def differences(
    reached: Reachability,
    intended: Sequence[IntendedFlow],
    flattened: Flattened,
    locate: Locate,
    public: Sequence[str] | None = None,
) -> list[Finding]:
    """Return a finding for each flow that is not intended, and for each intended one that does not exist.

    Where `public` is given, it names the tiers that are meant to have public addresses, and others must not. A flow is
    the one that is intended if ends, protocol and port are the same: a wider range is not.
    """
    region = Region(flattened)
    proper = [flow for flow in reached.flows if any(exists_as(flow, wanted) for wanted in intended)]
    judge = _Judge(region=region, blame=Blame(region, proper), locate=locate)
    found = [
        *(judge.unintended(flow) for flow in reached.flows if not judge.is_part(flow, intended)),
        *(finding for wanted in intended for finding in judge.missing(wanted, reached.flows)),
        *judge.addresses(reached, public),
        *judge.unproven(),
    ]
    return sorted(dict.fromkeys(found), key=lambda finding: (*finding.sort_key(), finding.message))


@dataclass(frozen=True, kw_only=True)
class _Judge:
    region: Region
    blame: Blame
    locate: Locate

    def is_part(self, flow: Flow, intended: Sequence[IntendedFlow]) -> bool:
        """Say whether a flow is an intended one, or one of the interfaces of a thing for which it is intended."""
        whole = replace(flow, source=self.region.thing(flow.source), destination=self.region.thing(flow.destination))
        return any(exists_as(whole, wanted) for wanted in intended)

    def unintended(self, flow: Flow) -> Finding:
        """Tell of a flow that nobody asks for."""
        source, destination = (end_in_words(end, internet=flow.internet) for end in (flow.source, flow.destination))
        ports = Ports(flow.protocol, flow.from_port, flow.to_port)
        aside = "" if flow.listens else " (nothing answers there)"
        section = section_of(flow.source, flow.destination)
        address = self.blame.opened_by(flow)
        others = [rule for rule in flow.rules if rule != address]
        return self._finding(
            UNINTENDED,
            address,
            message=f"{source} can reach {destination} on {ports}{aside}, which the spec does not intend",
            fix="Remove what opens it"
            + (f" (it takes {' and '.join(others)} as well)" if others else "")
            + f", or ask for the flow in {section}.",
            section=section,
            severity=self._severity(flow),
        )

    def missing(self, wanted: IntendedFlow, flows: Sequence[Flow]) -> Iterator[Finding]:
        """Tell of an intended flow that is refused, or that nothing answers."""
        if not any(covers(flow, wanted) for flow in flows):
            yield self._missing(self.blame.missing_from(wanted), wanted, "no rule lets it through at both ends"
                                if self._between_tiers(wanted) else "no rule lets it through")  # fmt: skip
        for address, reason in unanswered(wanted, self.region):
            yield self._missing(address, wanted, reason)

    def addresses(self, reached: Reachability, public: Sequence[str] | None) -> Iterator[Finding]:
        """Tell of public addresses that are not meant to be, and of those that are missing."""
        for node in reached.nodes:
            if public is None or node.tier not in _PUBLIC or node.public == (node.tier in public):
                continue
            name, section = end_in_words(node.tier, internet=False), _PUBLIC[node.tier]
            if node.public:
                severity = FindingSeverity.CRITICAL if node.tier == DATABASE else FindingSeverity.HIGH
                yield self._finding(UNINTENDED, node.address, section=section, severity=severity,
                                    message=f"a public address may be given to {name}, which the spec does not intend",
                                    fix=f"Keep it to private addresses, or change {section}.")  # fmt: skip
            elif self.region.names[node.address] == node.tier:
                yield self._finding(MISSING, node.address, section=section, severity=FindingSeverity.HIGH,
                                    message=f"no public address is given to {name}, which the spec intends",
                                    fix=f"Compile the spec again, or change {section}.")  # fmt: skip

    def unproven(self) -> Iterator[Finding]:
        """Tell of what may be reached on ways that nobody can follow here: foreign groups, and other ways in."""
        for stranger in strangers(self.region):
            severity = FindingSeverity.CRITICAL if stranger.tier in _DATA else FindingSeverity.HIGH
            yield self._finding(UNINTENDED, stranger.address, section="access", severity=severity,
                                message=f"{stranger.what}, which the spec does not intend",
                                fix="Use the groups of this deployment; ask in access for what it needs.")  # fmt: skip
        for block, what in entrances(self.region.flattened):
            yield self._finding(UNINTENDED, block.address, section="access", severity=FindingSeverity.HIGH,
                                message=f"{what} takes requests past all groups, which the spec does not intend",
                                fix="Remove it: the load balancer is the way in that a spec knows.")  # fmt: skip

    def _missing(self, address: str, wanted: IntendedFlow, reason: str) -> Finding:
        source, destination = (end_in_words(end, internet=True) for end in (wanted.source, wanted.destination))
        return self._finding(
            MISSING,
            address,
            message=f"{source} cannot reach {destination} on {wanted.protocol} {wanted.port}, which the spec intends: "
            f"{reason}",
            fix=f"Compile the spec again, or take the flow out of {wanted.spec}.",
            section=wanted.spec,
            severity=FindingSeverity.HIGH,
        )

    def _between_tiers(self, wanted: IntendedFlow) -> bool:
        return bool(self.region.called(wanted.source) and self.region.called(wanted.destination))

    def _severity(self, flow: Flow) -> FindingSeverity:
        tiers = {one.tier for one in self.region.called(flow.destination)}
        worst = tiers & set(_DATA) or (flow.internet and is_world(flow.source))
        return FindingSeverity.CRITICAL if worst else FindingSeverity.HIGH

    def _finding(
        self, check: str, address: str, *, message: str, fix: str, section: str, severity: FindingSeverity
    ) -> Finding:
        block = self.region.by_address.get(address)
        return Finding(
            check=check,
            severity=severity,
            message=message,
            address=address,
            file=block.place.file if block else "",
            line=block.place.line if block else 1,
            fix=fix,
            spec_path=section,
            spec=self.locate(section),
            why=_CHECKS[check]["rationale"],
            link=_CHECKS[check]["link"],
        )
