"""The test of a module, which `terraform test` runs without credentials: a plan against a mocked provider.

Nothing but plans: what `prevent_destroy` protects could not be torn down after an apply. What AWS would decide is known
in the plan already (`override_during`), so that a policy with a bucket's ARN in it can be looked into.
https://developer.hashicorp.com/terraform/language/tests/mocking
"""

import re
from collections.abc import Mapping
from typing import Any

from capgen.synth.compiled import CompiledModule
from capgen.terraform.checks import Answers, Checks, NoChecks, Refusal
from capgen.terraform.expression import Json
from capgen.write.example_values import example_values
from capgen.write.mocked_aws import mocked_resources
from capgen.write.terraform_files import canonical_json

_VARIABLE = re.compile(r"\bvar\.(\w+)")


def module_tests(module: CompiledModule) -> dict[str, bytes]:
    """Return the test as `tests/<component>.tftest.json`, or nothing for a module that no test can run."""
    if isinstance(module.checks, NoChecks):
        return {}
    return {f"tests/{module.component}.tftest.json": canonical_json(_test(module.document, module.checks))}


def _test(document: Mapping[str, Any], checks: Checks) -> dict[str, Json]:
    variables = document.get("variable", {})
    test: dict[str, Json] = {"mock_provider": {"aws": _mocked(document)}, "run": _runs(variables, checks)}
    if variables:
        test["variables"] = example_values(variables, checks)
    return test | _overrides(checks.answers)


def _mocked(document: Mapping[str, Any]) -> dict[str, Json]:
    mocked: dict[str, Json] = {"override_during": "plan"}
    resources = mocked_resources(document.get("resource", {}))
    return mocked | ({"mock_resource": resources} if resources else {})


def _runs(variables: Mapping[str, Mapping[str, Json]], checks: Checks) -> dict[str, Json]:
    asserts = [{"condition": f"${{{check.condition}}}", "error_message": check.message} for check in checks.holds]
    runs: dict[str, Json] = {"plan": {"command": "plan", "assert": asserts}}
    refused = {name: value for name, value in checks.refused.items() if name in variables}
    together = {name for name in refused if _others(name, variables[name]) & refused.keys()}
    alone = refused.keys() - together
    if alone:
        runs["refuses_bad_values"] = _refuses({name: refused[name] for name in alone})
    if together:
        runs["refuses_values_that_do_not_fit"] = _refuses({name: refused[name] for name in together})
    return runs | {refusal.name: _refuses_surroundings(refusal) for refusal in checks.refusals}


def _others(name: str, variable: Mapping[str, Json]) -> set[str]:
    """Return the other variables that a validation reads. Where one of these is refused, Terraform skips it."""
    return set(_VARIABLE.findall(str(variable.get("validation", "")))) - {name}


def _refuses(values: Mapping[str, Json]) -> dict[str, Json]:
    return {"command": "plan", "variables": values, "expect_failures": [f"var.{name}" for name in sorted(values)]}


def _refuses_surroundings(refusal: Refusal) -> dict[str, Json]:
    expected = sorted(refusal.refused_by)
    return {"command": "plan", "expect_failures": expected, **_overrides(refusal.answers)}


def _overrides(answers: Answers) -> dict[str, Json]:
    overrides: list[Json] = [{"target": address, "values": values} for address, values in sorted(answers.items())]
    return {"override_data": overrides} if overrides else {}
