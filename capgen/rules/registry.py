"""Every rule, component by component."""

from capgen.components.database.rules import RULES as DATABASE
from capgen.components.dns.rules import RULES as DNS
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
from capgen.rules.arns import RULES as ARNS
from capgen.rules.deployment import RULES as DEPLOYMENT
from capgen.rules.policy import RULES as POLICY
from capgen.rules.regions import RULES as REGIONS
from capgen.rules.state import RULES as STATE

RULES: tuple[Rule, ...] = (
    *REGIONS,
    *DEPLOYMENT,
    *ARNS,
    *STATE,
    *NETWORK,
    *SECURITY,
    *ENCRYPTION,
    *IDENTITY,
    *SECRETS,
    *DATABASE,
    *STORAGE,
    *SNAPSHOTS,
    *LOAD_BALANCER,
    *DNS,
    *SERVICE,
    *POLICY,
)
