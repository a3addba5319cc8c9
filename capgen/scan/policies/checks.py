"""capgen's policies as checkov's checks. Importing this imports checkov."""

from collections.abc import Iterator, Mapping
from typing import Any

from checkov.common.bridgecrew.severities import get_severity
from checkov.common.models.enums import CheckCategories, CheckResult
from checkov.terraform.checks.resource.base_resource_check import BaseResourceCheck
from checkov.terraform.checks.resource.registry import resource_registry

from capgen.scan.by_identity import ByIdentity
from capgen.scan.definitions import FLATTENED
from capgen.scan.policies import POLICIES
from capgen.scan.policies.conf import plain
from capgen.scan.policies.policy import Policy, Subject

_RESULTS = {True: CheckResult.PASSED, False: CheckResult.FAILED, None: CheckResult.UNKNOWN}


class PolicyCheck(BaseResourceCheck):  # type: ignore[misc]  # checkov has no types
    """A policy as a check. checkov puts its graph into `graph` before it runs one."""

    def __init__(self, policy: Policy) -> None:
        super().__init__(name=policy.title, id=policy.id, categories=[CheckCategories.GENERAL_SECURITY],
                         supported_resources=policy.types, guideline=policy.link)  # fmt: skip
        self.policy = policy
        self.severity = get_severity(str(policy.severity))

    def scan_resource_conf(self, conf: dict[str, list[Any]]) -> CheckResult:
        """Judge a resource."""
        file, _, name = self.entity_path.partition(f":{self.entity_type}:")
        subject = _subject(self.entity_type, name, conf, self.graph, bare=file != FLATTENED)
        self.evaluated_keys = list(self.policy.arguments)
        return _RESULTS[self.policy.holds(subject)]


def register() -> None:
    """Put every policy into checkov's registry, once a process."""
    for policy in POLICIES:
        if resource_registry.get_check_by_id(policy.id) is None:
            PolicyCheck(policy)


def _subject(type: str, name: str, conf: Mapping[str, Any], graph: Any, *, bare: bool) -> Subject:
    def others(*types: str) -> Iterator[Subject]:
        for _, attributes in graph.nodes() if graph is not None else ():
            if attributes["block_type_"] == "resource" and attributes.get("resource_type") in types:
                ((other, bodies),) = attributes["config_"].items()
                ((label, body),) = bodies.items()
                yield _subject(other, label, body, graph, bare=bare)

    address = str(conf.get("__address__", ""))
    module = address.removesuffix(f"{type}.{name}").rstrip(".")
    return Subject(type=type, name=f"{type}.{name}", body=_body(conf, bare=bare), module=module, others=others)


_bodies: ByIdentity[dict[str, Any]] = ByIdentity()


def _body(conf: Mapping[str, Any], *, bare: bool) -> dict[str, Any]:
    """Read a resource once for all the policies that judge it or look at it."""
    read = _bodies.get(conf)
    return _bodies.keep(conf, plain(conf, bare=bare)) if read is None else read
