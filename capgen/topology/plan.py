"""The plan of a deployment: one root per region, and the modules that the roots share."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from capgen.topology.provider import AssumedRole, ProviderPlan
from capgen.topology.reference import Value


@dataclass(frozen=True, kw_only=True)
class ModulePlan:
    """One module call of a root.

    `shape` is the component's own frozen dataclass and alone decides the module's body, so two regions with equal
    shapes share one module directory. `inputs` are the values that the root passes: variable name to value. `provider`
    is the alias of the root's provider configuration that the module is handed, None for the root's own.
    """

    component: str
    shape: object
    inputs: Mapping[str, Value]
    provider: str | None = None


@dataclass(frozen=True, kw_only=True)
class RootVariable:
    """A value that is handed over at plan and apply time. One that is `secret` is asked for, and kept nowhere.

    `validations` are conditions (Terraform, without `${}`), each with the message if it is false.
    """

    name: str
    type: str
    description: str
    secret: bool = False
    validations: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True)
class RootOutput:
    """One output of a region's root. `guide_key` is the key of the same output in the CloudFormation template."""

    name: str
    guide_key: str | None = None
    description: str
    value: Value


@dataclass(frozen=True, kw_only=True)
class StateBackend:
    """Where Terraform keeps the state: `s3` with native locking and these settings, or `local` with none."""

    type: str
    settings: Mapping[str, str | bool] = field(default_factory=dict)
    assume_role: AssumedRole | None = None


@dataclass(frozen=True, kw_only=True)
class RemoteState:
    """The state of another region's root, whose outputs a root reads: a data source of that name."""

    name: str
    backend: StateBackend


@dataclass(frozen=True, kw_only=True)
class RootPlan:
    """One region's root: what it calls, what it passes on, where its state lives. The first provider is its own.

    `needs` are the regions whose outputs it takes: they are applied before it.
    """

    region: str
    modules: tuple[ModulePlan, ...]
    outputs: tuple[RootOutput, ...]
    variables: tuple[RootVariable, ...]
    backend: StateBackend
    providers: tuple[ProviderPlan, ...]
    remote_states: tuple[RemoteState, ...] = ()
    needs: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Topology:
    """Everything that one spec compiles to, before any Terraform is written.

    `apply_order` are the regions in groups: those of one group need nothing of each other, only of earlier groups.
    """

    name: str
    roots: tuple[RootPlan, ...]
    apply_order: tuple[tuple[str, ...], ...]
