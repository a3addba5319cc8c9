"""Run the rules over a spec and read what they say of one of them."""

import json
from typing import Any

from capgen.diagnostics import Diagnostic
from capgen.load import load_text
from capgen.model.build import build_model
from capgen.rules.run import check_rules
from tests.components.models import MINIMAL

Regions = dict[str, dict[str, Any]]


def diagnostics(rule: str, regions: Regions, **top: Any) -> list[Diagnostic]:
    """Return what one rule says of the smallest spec, in these regions and with these fields and sections on top."""
    spec = {**MINIMAL, "network": {**MINIMAL["network"], "nat_gateway": True}, **top, "regions": regions}
    document, problems = load_text(json.dumps(spec, indent=1), "spec.yaml")
    assert document is not None, problems
    model, problems = build_model(document)
    assert model is not None, problems
    return [each for each in check_rules(model) if each.rule == rule]
