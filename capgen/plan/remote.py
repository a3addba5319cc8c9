"""Resolve what one region's root takes from another's: by variables that are handed over, or from that root's state."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from capgen.model.regional import RegionalDeployment
from capgen.plan.backend import backend
from capgen.topology import ModulePlan, Raw, Remote, RemoteState, RootPlan, RootVariable, StateBackend, Text, Value
from capgen.topology.remote_outputs import REMOTE_OUTPUTS

PRIMARY = "primary"
"""How a standby calls the other region: its second provider, the state that it reads, the beginning of variables."""


def resolved(root: RootPlan, others: Mapping[str, RegionalDeployment], *, from_state: bool) -> RootPlan:
    """Return the root with an expression in the place of each `Remote`, and with what those expressions need.

    `others` are the other regions of the deployment. A value is handed over as a variable, unless it is to come
    `from_state`: then the root reads the other root's state.
    """
    found = sorted({each for module in root.modules for each in remotes(module)}, key=lambda each: each.output)
    if not found:
        return root
    modules = tuple(replace(module, inputs={name: _resolved(value, from_state=from_state)
                                            for name, value in module.inputs.items()})
                    for module in root.modules)  # fmt: skip
    regions = sorted({each.region for each in found})
    root = replace(root, modules=modules, needs=tuple(regions))
    if from_state:
        return replace(root, remote_states=tuple(_state(others[region]) for region in regions))
    return replace(root, variables=(*root.variables, *map(_variable, found)))


def remotes(module: ModulePlan) -> Iterator[Remote]:
    """Yield every value of a module call that another root gives."""
    for value in module.inputs.values():
        yield from _within(value)


def variable_name(remote: Remote) -> str:
    """Return the name of the variable that hands a value over."""
    return f"{PRIMARY}_{remote.output}"


def _within(value: Value) -> Iterator[Remote]:
    if isinstance(value, Remote):
        yield value
    elif isinstance(value, Text):
        for part in value.parts:
            yield from _within(part)
    elif isinstance(value, Mapping):
        for member in value.values():
            yield from _within(member)
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for member in value:
            yield from _within(member)


def _resolved(value: Value, *, from_state: bool) -> Value:
    if isinstance(value, Remote):
        return _expression(value, from_state=from_state)
    if isinstance(value, Text):
        return Text(tuple(_expression(part, from_state=from_state) if isinstance(part, Remote) else part
                          for part in value.parts))  # fmt: skip
    if isinstance(value, Mapping):
        return {key: _resolved(member, from_state=from_state) for key, member in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str):
        return [_resolved(member, from_state=from_state) for member in value]
    return value


def _expression(remote: Remote, *, from_state: bool) -> Raw:
    if from_state:
        return Raw(f"data.terraform_remote_state.{PRIMARY}.outputs.{remote.output}")
    return Raw(f"var.{variable_name(remote)}")


def _variable(remote: Remote) -> RootVariable:
    name = variable_name(remote)
    told = REMOTE_OUTPUTS[remote.output]
    form = told.form.format(region=remote.region)
    return RootVariable(
        name=name,
        type="string",
        description=f"{told.output.description} in {remote.region}: the output {remote.output} of that root.",
        validations=((f'can(regex("{form}", var.{name}))',
                      f"{name} must be the output {remote.output} of the root of {remote.region}."),),
    )  # fmt: skip


def _state(other: RegionalDeployment) -> RemoteState:
    """Name the place of a state as its own backend does. A local one lies beside that region's root."""
    place = backend(other)
    if place.type == "local":
        place = StateBackend(type="local", settings={"path": f"../{other.region}/terraform.tfstate"})
    else:
        settings = {name: value for name, value in place.settings.items() if name not in _OF_WRITING}
        place = replace(place, settings=settings)
    return RemoteState(name=PRIMARY, backend=place)


_OF_WRITING = frozenset({"encrypt", "use_lockfile", "kms_key_id"})
"""Settings of a backend that play no part in reading."""
