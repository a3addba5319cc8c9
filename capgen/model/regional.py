"""One region's effective values: what every later stage works on."""

from collections.abc import Mapping
from dataclasses import dataclass

from capgen.model.access import Access
from capgen.model.agent import Agent
from capgen.model.assume_role import AssumeRole
from capgen.model.database import Database
from capgen.model.disaster_recovery import Counterpart, DisasterRecovery
from capgen.model.dns import Dns
from capgen.model.encryption import Encryption
from capgen.model.identity import Identity
from capgen.model.load_balancer import LoadBalancer
from capgen.model.logs import Logs
from capgen.model.network import Network
from capgen.model.origin import Sources
from capgen.model.policy import Policy
from capgen.model.rollout import Rollout
from capgen.model.scaling import Scaling
from capgen.model.snapshots import Snapshots
from capgen.model.state import State
from capgen.model.storage import Storage


@dataclass(frozen=True, kw_only=True)
class RegionalDeployment:
    """The deployment in one region. Every field is the spec's section of that name, defaults and overrides applied.

    `counterpart`, the other region of a disaster recovery pair, is no section: it follows from the whole spec.
    """

    name: str
    region: str
    environment: str
    allow_unlisted_region: bool
    account_id: str | None = None
    assume_role: AssumeRole | None = None
    agent: Agent
    scaling: Scaling
    network: Network
    access: Access
    load_balancer: LoadBalancer
    dns: Dns | None = None
    disaster_recovery: DisasterRecovery | None = None
    database: Database
    storage: Storage
    snapshots: Snapshots
    logs: Logs
    identity: Identity
    deployment: Rollout
    encryption: Encryption
    state: State
    tags: Mapping[str, str]
    policy: Policy
    counterpart: Counterpart | None = None


@dataclass(frozen=True)
class RegionModel:
    """A region's values together with where each came from."""

    values: RegionalDeployment
    sources: Sources


@dataclass(frozen=True)
class DeploymentModel:
    """A whole spec: its regions, sorted by name."""

    name: str
    regions: tuple[RegionModel, ...]
