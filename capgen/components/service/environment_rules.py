"""Rules of the container's environment: each variable is given once, and its secret can be fetched."""

import json
from collections.abc import Iterator
from dataclasses import asdict

from capgen.components.service.environment import GOLD_MASTER
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule
from capgen.region_facts import partition_of

_GOLD_MASTER_FIELD = "snapshots.gold_master_key"
_TASK_DEFINITION_BYTES = 65_536


def _given_once(deployment: RegionalDeployment) -> Iterator[Problem]:
    """Walk all names in the order in which the deployment has a claim to them; the later one is the problem.

    S3_GOLD_MASTER is taken even where no snapshot is named: set by hand, it would lack the tasks' right to read it.
    """
    agent = deployment.agent
    claimed = {GOLD_MASTER: _GOLD_MASTER_FIELD}
    places = [
        *((("agent", "variables", field), name) for field, name in asdict(agent.variables).items()),
        *((("agent", "environment", name), name) for name in sorted(agent.environment)),
        *((("agent", "secrets", name), name) for name in sorted(agent.secrets)),
    ]
    for path, name in places:
        if name in claimed:
            yield Problem(
                path=path,
                message=f"{claimed[name]} already sets the variable {name}",
                value=name,
                hint=_hint(claimed[name], path[1]),
            )
        claimed.setdefault(name, ".".join(path))


def _hint(claimed_by: str, section: str) -> str:
    if claimed_by == _GOLD_MASTER_FIELD:
        return f"set {_GOLD_MASTER_FIELD}, which also lets the tasks read the snapshot"
    if section == "variables":
        return "give each of agent.variables a name of its own"
    return f"remove it here, or change {claimed_by}"


def _secret_in_region(deployment: RegionalDeployment) -> Iterator[Problem]:
    """Tasks may read secrets of their own region: that is what role, key and endpoints are made for."""
    for name, secret in sorted(deployment.agent.secrets.items()):
        _, partition, _, region, _ = secret.secret_arn.split(":", 4)
        if region != deployment.region:
            same = partition == partition_of(deployment.region)
            yield Problem(
                path=("agent", "secrets", name, "secret_arn"),
                message=f"the secret of {name} is in region {region}, the deployment in {deployment.region}",
                value=secret.secret_arn,
                allowed=f"a secret in {deployment.region}",
                hint=f"{'replicate the secret to' if same else 'keep a secret in'} {deployment.region}, and name "
                f"{'the replica' if same else 'it'} under regions.{deployment.region}.agent.secrets.{name}",
            )


def _fits_task_definition(deployment: RegionalDeployment) -> Iterator[Problem]:
    pairs = [{"name": name, "value": value} for name, value in deployment.agent.environment.items()]
    size = len(json.dumps(pairs, ensure_ascii=False).encode())
    if size > _TASK_DEFINITION_BYTES:
        yield Problem(
            path=("agent", "environment"),
            message=f"the environment has {size} bytes, more than a whole task definition may have",
            value=f"{size} bytes",
            allowed=f"{_TASK_DEFINITION_BYTES} bytes, everything else included",
            hint="keep large values in a file under storage.mount_path",
        )


_SECRETS_LINK = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html"

RULES = (
    Rule(
        id="service-variable-given-once",
        title="Each environment variable is set in one place",
        link="https://docs.aws.amazon.com/AmazonECS/latest/APIReference/API_ContainerDefinition.html",
        check=_given_once,
    ),
    Rule(
        id="service-secret-in-region",
        title="The secrets of a task are in its own region",
        link=_SECRETS_LINK,
        check=_secret_in_region,
    ),
    Rule(
        id="service-environment-size",
        title="The environment fits into a task definition",
        link="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html",
        check=_fits_task_definition,
    ),
)
