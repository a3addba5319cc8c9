"""The runbook of a pair as text, and the commands of the AWS CLI in it held to the models of its services."""

import re
import shlex
from functools import cache
from typing import Any

import botocore.session
from botocore import xform_name
from botocore.model import ServiceModel

from capgen.synth.compiled import CompiledRoot
from capgen.write.runbook import runbook
from tests.recovery.pairs import PRIMARY, STANDBY, region

ORDER = ((PRIMARY,), (STANDBY,))
HANDED_OVER = CompiledRoot(region=STANDBY, document={"variable": {"primary_database_arn": {}, "database_password": {}}})
NOTHING = CompiledRoot(region=STANDBY, document={})
OF_EVERY_COMMAND = {"region", "query", "output"}
WAITERS = {
    ("ecs", "services-stable"): "describe-services",
    ("rds", "db-instance-available"): "describe-db-instances",
    ("rds", "db-instance-deleted"): "describe-db-instances",
}
NOT_OF_THE_API = {("s3", "sync"): {"source-region"}, ("s3", "cp"): set(), ("s3", "ls"): {"recursive"}}

TRAFFIC: dict[str, Any] = {
    "dns": {"zone_id": "Z0123456789ABCDEFGHIJ", "name": "app.example.com", "routing": "failover"},
}
SCALED_ELSEWHERE: dict[str, Any] = {"deployment": {"desired_count_owner": "external"}}
SPECS: dict[str, dict[str, Any]] = {
    "copying": {},
    "promoted": {"disaster_recovery": {"promoted": True}},
    "database alone": {"disaster_recovery": {"file_replication": False, "snapshot_replication": False}},
    "own secret": {"database": {"password": {"source": "secret", "secret_arn": None}}},
    "scaled elsewhere": SCALED_ELSEWHERE,
    "traffic": TRAFFIC,
}


def text(code: str, root: CompiledRoot = HANDED_OVER, **overrides: Any) -> str:
    return runbook(region(code, **overrides), root, ORDER).decode()


def pair_part(told: str) -> str:
    return told.partition("## Two regions")[2].partition("\n## ")[0]


def commands(told: str) -> list[list[str]]:
    """Return each command of the AWS CLI in the code of a text, those in $(…) too, as words."""
    code = "\n".join(re.findall(r"```sh\n(.*?)```", told, re.DOTALL)).replace("\\\n", " ")
    found = []
    for start in (match.start() for match in re.finditer(r"\baws (?=[a-z0-9]+ [a-z])", code)):
        depth, end = 0, start
        while end < len(code) and not (depth == 0 and code[end] in ")\n"):
            depth += {"(": 1, ")": -1}.get(code[end], 0)
            end += 1
        line = re.sub(r"\$\((?:[^()]|\([^()]*\))*\)", "VALUE", code[start:end]).split("&&")[0]
        found.append(shlex.split(line))
    return found


@cache
def service_model(service: str) -> ServiceModel:
    """Return botocore's model of a service by the name that the AWS CLI has for it."""
    return botocore.session.get_session().get_service_model("s3" if service == "s3api" else service)


def complaints(command: list[str]) -> list[str]:
    """Return the options of a command that its service's model does not have."""
    _, service, action, *words = command
    options = {word.removeprefix("--") for word in words if word.startswith("--")} - OF_EVERY_COMMAND
    if (service, action) in NOT_OF_THE_API:
        return sorted(options - NOT_OF_THE_API[service, action])
    if action == "wait":
        action = WAITERS[service, words[0]]
    model = service_model(service)
    operations = {xform_name(name, "-"): name for name in model.operation_names}
    if action not in operations:
        return [f"{service} {action}"]
    members = model.operation_model(operations[action]).input_shape.members
    known = {xform_name(name, "-"): shape.type_name for name, shape in members.items()}
    return sorted(options - known.keys() - {f"no-{name}" for name, kind in known.items() if kind == "boolean"})
