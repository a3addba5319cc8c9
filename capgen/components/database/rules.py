"""What the schema cannot say about the database."""

from capgen.components.database.disk_rules import RULES as DISK_RULES
from capgen.components.database.engine_rules import RULES as ENGINE_RULES
from capgen.components.database.name_rules import RULES as NAME_RULES
from capgen.components.database.parameter_rules import RULES as PARAMETER_RULES
from capgen.components.database.safeguard_rules import RULES as SAFEGUARD_RULES
from capgen.components.database.window_rules import RULES as WINDOW_RULES
from capgen.model.rule import Rule

RULES: tuple[Rule, ...] = (
    *ENGINE_RULES,
    *DISK_RULES,
    *NAME_RULES,
    *PARAMETER_RULES,
    *WINDOW_RULES,
    *SAFEGUARD_RULES,
)
