"""Plan a whole deployment."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from capgen.model.recovery import asks_for_password, role
from capgen.model.regional import DeploymentModel, RegionalDeployment
from capgen.plan.backend import backend
from capgen.plan.order import apply_order
from capgen.plan.outputs import outputs_of
from capgen.plan.provider import provider, zone_provider
from capgen.plan.registry import PLANS
from capgen.plan.remote import PRIMARY, remotes, resolved
from capgen.topology import ProviderPlan, Remote, RootPlan, RootVariable, Topology
from capgen.topology.remote_outputs import REMOTE_OUTPUTS


def plan_deployment(model: DeploymentModel) -> Topology:
    """Return the roots and modules that the model asks for. Nothing here can fail: the rules have passed."""
    regions = {region.values.region: region.values for region in model.regions}
    roots = [_root(values, regions) for values in regions.values()]
    if all(values.disaster_recovery is None for values in regions.values()):
        return Topology(name=model.name, roots=tuple(roots), apply_order=apply_order(roots))  # no one takes anything
    taken = {each for root in roots for module in root.modules for each in remotes(module)}
    complete = tuple(_connected(root, regions, taken) for root in roots)
    return Topology(name=model.name, roots=complete, apply_order=apply_order(complete))


def _root(deployment: RegionalDeployment, regions: dict[str, RegionalDeployment]) -> RootPlan:
    return RootPlan(
        region=deployment.region,
        modules=tuple(module for plan in PLANS if (module := plan(deployment)) is not None),
        outputs=outputs_of(deployment),
        variables=_variables(deployment),
        backend=backend(deployment),
        providers=tuple(_providers(deployment, regions)),
    )


def _connected(root: RootPlan, regions: dict[str, RegionalDeployment], taken: Iterable[Remote]) -> RootPlan:
    """Give a root the outputs that others take of it, and the way to those that it takes itself."""
    known = {output.name for output in root.outputs}
    given = sorted({each.output for each in taken if each.region == root.region} - known)
    root = replace(root, outputs=(*root.outputs, *(REMOTE_OUTPUTS[name].output for name in given)))
    recovery = regions[root.region].disaster_recovery
    return resolved(root, regions, from_state=recovery is not None and recovery.references == "remote_state")


def _providers(deployment: RegionalDeployment, regions: dict[str, RegionalDeployment]) -> Iterator[ProviderPlan]:
    """Yield the root's own provider, in a standby one for the primary's region, and one for the hosted zone's account.

    The primary's stays after promotion: Terraform destroys what it made with a provider by that provider alone.
    """
    yield provider(deployment)
    if role(deployment) == "standby" and deployment.counterpart is not None:
        yield provider(regions[deployment.counterpart.region], alias=PRIMARY)
    zone = zone_provider(deployment)
    if zone is not None:
        yield zone


def _variables(deployment: RegionalDeployment) -> tuple[RootVariable, ...]:
    if not asks_for_password(deployment):
        return ()
    description = "Master password of the database, handed over as TF_VAR_database_password. It is kept in no state."
    return (RootVariable(name="database_password", type="string", description=description, secret=True),)
