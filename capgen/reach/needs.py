"""What the tasks of a region must reach in AWS, and how they get there."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from capgen.evaluate import Block, Flattened, blocks, reference
from capgen.reach.flow import Flow, Need
from capgen.reach.listening import Listening
from capgen.reach.region import Region
from capgen.reach.rule import name_of, nested
from capgen.reach.ways import Ways
from capgen.topology import DeclaredNetwork
from capgen.topology.needs import RunningTask, needed_services

_SECRET_ARN = re.compile(r"arn:[a-z-]+:secretsmanager:(?P<region>[a-z0-9-]+):")
_SECRET_TYPES = ("aws_secretsmanager_secret.", "data.aws_secretsmanager_secret.")
_WRITES_OBJECTS = re.compile(r'"s3:(Put\w*|\*)"')


def needs(region: Region, declared: DeclaredNetwork, flows: Sequence[Flow]) -> tuple[Need, ...]:
    """Return what each Fargate service of a region needs, in the order of a task's life.

    There is no way where the security group does not let the tasks out, whatever routes there are.
    """
    flattened, code = region.flattened, _region(region.flattened)
    found: dict[Need, None] = {}
    for service in blocks(flattened, "aws_ecs_service"):
        if service.is_data or code is None:
            continue
        ways = Ways(region=region, service=service, code=code, declared=declared, flows=flows)
        for needed in needed_services(_task(service, code, flattened, region.listening)):
            name = needed.service if needed.region is None else ways.routes.endpoint(needed)
            found[Need(what=needed.what, service=name, way=ways.way(needed))] = None
    return tuple(found)


def _task(service: Block, region: str, flattened: Flattened, listening: Listening) -> RunningTask:
    containers = listening.containers(service)
    definition = listening.definition(service)
    execute_command = service.body.get("enable_execute_command") in (True, "true")
    return RunningTask(
        region=region,
        images=tuple(sorted({str(container["image"]) for container in containers if "image" in container})),
        secret_regions=tuple(sorted({each for container in containers for each in _secrets(container, region)})),
        log_regions=tuple(sorted({each for container in containers for each in _logs(container, region)})),
        execute_command=execute_command,
        execute_command_key=execute_command and _has_session_key(service, flattened),
        snapshots=any(map(_names_object, containers)) or _may_write_objects(definition, flattened),
    )


def _region(flattened: Flattened) -> str | None:
    """Return the region of the provider that resources use unless they say otherwise."""
    regions = [body.get("region") for name, body in flattened.providers if name == "aws" and "alias" not in body]
    return next((region for region in regions if isinstance(region, str) and "${" not in region), None)


def _secrets(container: Mapping[str, Any], region: str) -> Iterator[str]:
    for secret in nested(container.get("secrets")):
        value = str(secret.get("valueFrom"))
        arn = _SECRET_ARN.match(value)
        if arn:
            yield arn["region"]
        elif value.startswith("${"):
            named = reference(value[: value.index("}") + 1]) if "}" in value else None
            if named and named[0].startswith(_SECRET_TYPES):
                yield region


def _logs(container: Mapping[str, Any], region: str) -> Iterator[str]:
    logs = container.get("logConfiguration") or {}
    if logs.get("logDriver") == "awslogs":
        told = str(logs.get("options", {}).get("awslogs-region", region))
        yield region if "${" in told else told


def _has_session_key(service: Block, flattened: Flattened) -> bool:
    """Say whether ECS Exec sessions of the service's cluster are encrypted with a key."""
    cluster = name_of(service.body.get("cluster"))
    return any(
        settings.get("kms_key_id")
        for block in blocks(flattened, "aws_ecs_cluster")
        if block.name == cluster
        for configuration in nested(block.body.get("configuration"))
        for settings in nested(configuration.get("execute_command_configuration"))
    )


def _names_object(container: Mapping[str, Any]) -> bool:
    values = (str(variable.get("value")) for variable in nested(container.get("environment")))
    return any(value.startswith("s3://") for value in values)


def _may_write_objects(definition: Block | None, flattened: Flattened) -> bool:
    role = name_of(definition.body.get("task_role_arn")) if definition else None
    policies = (block for block in blocks(flattened, "aws_iam_role_policy") if name_of(block.body.get("role")) == role)
    return any(_WRITES_OBJECTS.search(str(policy.body.get("policy"))) for policy in policies)
