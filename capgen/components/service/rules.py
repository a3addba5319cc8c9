"""What the schema cannot say about the agent's tasks and the service that runs them."""

from capgen.components.service import environment_rules, image_rules, rollout_rules, task_rules

RULES = (*task_rules.RULES, *image_rules.RULES, *environment_rules.RULES, *rollout_rules.RULES)
