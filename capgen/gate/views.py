"""What was done by hand to a resource whose parts are resources of their own.

A security group shows every rule that it has, a role every policy. Those that no resource of the plan stands for are
nobody's: no plan takes them away, and they are judged as what they are, arguments of the resource that shows them.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from capgen.gate.instance import Instance

_RULES = {"aws_vpc_security_group_ingress_rule": "ingress", "aws_vpc_security_group_egress_rule": "egress"}
_LISTS = ("cidr_blocks", "ipv6_cidr_blocks", "prefix_list_ids", "security_groups")
_PEERS = ("cidr_ipv4", "cidr_ipv6", "prefix_list_id", "referenced_security_group_id")


@dataclass(frozen=True, order=True)
class _Atom:
    """One peer of one rule of a security group."""

    direction: str
    protocol: str
    ports: tuple[Any, Any]
    kind: str
    peer: str


class Views:
    """Compares what resources show with the resources that stand for parts of them."""

    def __init__(self, *sides: Iterable[Instance]) -> None:
        """Collect rules and policies. Of several sides of a plan, what any of them has is accounted for."""
        self._atoms: dict[str, set[_Atom]] = {}
        self._policies: dict[str, set[str]] = {}
        self._attached: dict[str, set[str]] = {}
        self._buckets: set[str] = set()
        for each in (each for side in sides for each in side):
            self._collect(each)

    def left(self, instance: Instance) -> dict[str, Any]:
        """Return arguments that hold what no resource stands for, where there is some."""
        values = instance.values
        match instance.type:
            case "aws_security_group" | "aws_default_security_group":
                known = self._atoms.get(str(values.get("id")), set())
                found = {name: list(_left(values.get(name) or [], name, known)) for name in ("egress", "ingress")}
            case "aws_iam_role":
                policies = self._policies.get(str(values.get("id")), set())
                attached = self._attached.get(str(values.get("id")), set())
                found = {
                    "inline_policy": [one for one in values.get("inline_policy") or []
                                      if one.get("policy") and one.get("name") not in policies],
                    "managed_policy_arns": sorted(set(values.get("managed_policy_arns") or []) - attached),
                }  # fmt: skip
            case "aws_s3_bucket" if values.get("policy") and values.get("id") not in self._buckets:
                return {"policy": values["policy"]}
            case _:
                return {}
        return {name: value for name, value in found.items() if value}

    def _collect(self, instance: Instance) -> None:
        values = instance.values
        if instance.type in _RULES:
            atoms = _of_rule(values, _RULES[instance.type])
            self._atoms.setdefault(str(values.get("security_group_id")), set()).update(atoms)
        elif instance.type == "aws_security_group_rule":
            atoms = _exploded(values, str(values.get("type")), [values.get("source_security_group_id")])
            self._atoms.setdefault(str(values.get("security_group_id")), set()).update(atoms)
        elif instance.type == "aws_iam_role_policy":
            self._policies.setdefault(str(values.get("role")), set()).add(str(values.get("name")))
        elif instance.type == "aws_iam_role_policy_attachment":
            self._attached.setdefault(str(values.get("role")), set()).add(str(values.get("policy_arn")))
        elif instance.type == "aws_s3_bucket_policy":
            self._buckets.add(str(values.get("bucket")))


def _of_rule(values: Mapping[str, Any], direction: str) -> Iterator[_Atom]:
    """A rule resource has one peer."""
    for kind, argument in zip(_LISTS, _PEERS, strict=True):
        if values.get(argument):
            yield _atom(values, direction, kind, values[argument])


def _exploded(rule: Mapping[str, Any], direction: str, groups: Iterable[Any]) -> Iterator[_Atom]:
    """A rule that a group shows has lists of peers."""
    for kind in _LISTS:
        for peer in (groups if kind == "security_groups" else rule.get(kind)) or ():
            if peer:
                yield _atom(rule, direction, kind, peer)


def _atom(rule: Mapping[str, Any], direction: str, kind: str, peer: object) -> _Atom:
    protocol = str(rule.get("ip_protocol", rule.get("protocol"))).lower()
    ports = (None, None) if protocol in ("-1", "all") else (rule.get("from_port"), rule.get("to_port"))
    return _Atom(direction, protocol, ports, kind, str(peer))


def _left(shown: Iterable[Mapping[str, Any]], direction: str, known: set[_Atom]) -> Iterator[dict[str, Any]]:
    for rule in shown:
        atoms = [atom for atom in _exploded(rule, direction, rule.get("security_groups") or ()) if atom not in known]
        if atoms or rule.get("self"):
            peers = {kind: sorted(atom.peer for atom in atoms if atom.kind == kind) for kind in _LISTS}
            yield {**rule, **peers}
