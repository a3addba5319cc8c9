"""Run every rule over a model."""

from capgen.diagnostics import Diagnostic
from capgen.load import dotted
from capgen.model.regional import DeploymentModel
from capgen.rules.across_regions import check_across_regions
from capgen.rules.registry import RULES


def check_rules(model: DeploymentModel) -> list[Diagnostic]:
    """Return what the rules find. A value that several regions share is reported once, at the line that supplied it."""
    found: dict[Diagnostic, None] = dict.fromkeys(check_across_regions(model))
    for region in model.regions:
        for rule in RULES:
            for problem in rule.check(region.values):
                diagnostic = Diagnostic(
                    rule=rule.id,
                    message=problem.message,
                    severity=problem.severity,
                    location=region.sources.value_at(*problem.path),
                    path=dotted(problem.path),
                    value=problem.value,
                    allowed=problem.allowed,
                    hint=problem.hint,
                    link=rule.link,
                )
                found[diagnostic] = None
    return list(found)
