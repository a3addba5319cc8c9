"""The spec's `agent` section."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, kw_only=True)
class Ports:
    """Ports that the agent listens on."""

    web: int
    management: int


@dataclass(frozen=True, kw_only=True)
class SecretReference:
    """Where the value is kept."""

    secret_arn: str
    key: str | None = None


@dataclass(frozen=True, kw_only=True)
class VariableNames:
    """Names of the environment variables through which the container receives what the deployment creates."""

    agent_name: str
    jdbc_url: str
    database_username: str
    database_password: str


@dataclass(frozen=True, kw_only=True)
class ContainerHealthCheck:
    """Container health check. The load balancer's own check is separate; without this ECS relies on that alone."""

    command: tuple[str, ...]
    interval: int
    timeout: int
    retries: int
    start_period: int


@dataclass(frozen=True, kw_only=True)
class Agent:
    """The CAP agent container."""

    name: str
    image: str
    architecture: Literal["X86_64", "ARM64"]
    cpu: int
    memory: int
    ephemeral_storage: int | None = None
    ports: Ports
    environment: Mapping[str, str]
    secrets: Mapping[str, SecretReference]
    variables: VariableNames
    health_check: ContainerHealthCheck | None = None
    stop_timeout: int
    execute_command: bool
    readonly_root_filesystem: bool
