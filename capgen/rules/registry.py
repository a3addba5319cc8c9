"""Every rule, component by component."""

from capgen.components.database.rules import RULES as DATABASE
from capgen.components.encryption.rules import RULES as ENCRYPTION
from capgen.components.identity.rules import RULES as IDENTITY
from capgen.components.load_balancer.rules import RULES as LOAD_BALANCER
from capgen.components.network.rules import RULES as NETWORK
from capgen.components.secrets.rules import RULES as SECRETS
from capgen.components.security.rules import RULES as SECURITY
from capgen.components.service.rules import RULES as SERVICE
from capgen.components.snapshots.rules import RULES as SNAPSHOTS
from capgen.components.storage.rules import RULES as STORAGE
from capgen.model.rule import Rule
from capgen.rules.deployment import RULES as DEPLOYMENT
from capgen.rules.policy import RULES as POLICY

RULES: tuple[Rule, ...] = (
    *DEPLOYMENT,
    *NETWORK,
    *SECURITY,
    *ENCRYPTION,
    *IDENTITY,
    *SECRETS,
    *DATABASE,
    *STORAGE,
    *SNAPSHOTS,
    *LOAD_BALANCER,
    *SERVICE,
    *POLICY,
)
