"""The plan of a deployment: one root per region, and the modules that the roots share."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from capgen.topology.reference import Value


@dataclass(frozen=True, kw_only=True)
class ModulePlan:
    """One module call of a root.

    `shape` is the component's own frozen dataclass and alone decides the module's body, so two regions with equal
    shapes share one module directory. `inputs` are the values that the root passes: variable name to value.
    """

    component: str
    shape: object
    inputs: Mapping[str, Value]


@dataclass(frozen=True, kw_only=True)
class RootVariable:
    """A value that the operator hands over at plan and apply time and that Terraform must not keep."""

    name: str
    type: str
    description: str


@dataclass(frozen=True, kw_only=True)
class RootOutput:
    """One output of a region's root. `guide_key` is the key of the same output in the CloudFormation template."""

    name: str
    guide_key: str
    description: str
    value: Value


@dataclass(frozen=True, kw_only=True)
class StateBackend:
    """Where Terraform keeps the state: `s3` with native locking and these settings, or `local` with none."""

    type: str
    settings: Mapping[str, str | bool] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class RootPlan:
    """One region's root: what it calls, what it passes on, where its state lives."""

    region: str
    modules: tuple[ModulePlan, ...]
    outputs: tuple[RootOutput, ...]
    variables: tuple[RootVariable, ...]
    backend: StateBackend
    tags: Mapping[str, str]
    account_id: str | None


@dataclass(frozen=True, kw_only=True)
class Topology:
    """Everything that one spec compiles to, before any Terraform is written."""

    name: str
    roots: tuple[RootPlan, ...]
