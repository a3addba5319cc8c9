"""Every component's plan, in the order in which a reader meets the components."""

from collections.abc import Callable

from capgen.components.database.plan import plan as plan_database
from capgen.components.dns.plan import plan as plan_dns
from capgen.components.encryption.plan import plan as plan_encryption
from capgen.components.identity.plan import plan as plan_identity
from capgen.components.load_balancer.plan import plan as plan_load_balancer
from capgen.components.logs.plan import plan as plan_logs
from capgen.components.network.plan import plan as plan_network
from capgen.components.replication.plan import plan as plan_replication
from capgen.components.secrets.plan import plan as plan_secrets
from capgen.components.security.plan import plan as plan_security
from capgen.components.service.plan import plan as plan_service
from capgen.components.snapshots.plan import plan as plan_snapshots
from capgen.components.storage.plan import plan as plan_storage
from capgen.model.regional import RegionalDeployment
from capgen.topology import ModulePlan

PLANS: tuple[Callable[[RegionalDeployment], ModulePlan | None], ...] = (
    plan_network,
    plan_security,
    plan_encryption,
    plan_logs,
    plan_identity,
    plan_secrets,
    plan_database,
    plan_storage,
    plan_snapshots,
    plan_load_balancer,
    plan_dns,
    plan_service,
    plan_replication,
)
