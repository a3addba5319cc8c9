"""The AWS providers that a plan is made with."""

from collections.abc import Iterator, Mapping
from typing import Any

from capgen.evaluate.language import EvaluationError, Unknown, to_document
from capgen.gate.configuration import Configuration
from capgen.gate.plan import Plan


def region_of(plan: Plan) -> str | None:
    """Return the region that the default AWS provider names, if the plan says it."""
    configuration = Configuration(plan=plan, lookup=lambda _: Unknown("unknown"))
    for body in _provider_expressions(plan):
        try:
            region = configuration.root_value(body.get("region", {}))
        except EvaluationError:
            continue
        if isinstance(region, str):
            return region
    return None


def providers(plan: Plan, configuration: Configuration) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield the AWS providers of the root, as far as their arguments are known."""
    for body in _provider_expressions(plan):
        found: dict[str, Any] = {}
        for name, expression in sorted(body.items()):
            try:
                found[name] = to_document(configuration.root_value(expression))
            except EvaluationError:
                continue
        yield "aws", {name: value for name, value in found.items() if value is not None}


def _provider_expressions(plan: Plan) -> Iterator[Mapping[str, Any]]:
    """Yield what the root's AWS providers are configured with, the default one first."""
    providers = plan.configuration.get("provider_config", {})
    for key in sorted(providers, key=lambda key: (key != "aws", key)):
        provider = providers[key]
        if provider.get("name") == "aws" and "module_address" not in provider:
            yield provider.get("expressions", {})
