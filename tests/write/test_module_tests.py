"""What each component's checks say fits each shape of its module. That they hold is for the real command to say."""

import json
import re
from dataclasses import fields
from functools import cache
from itertools import product
from typing import Any, get_args, get_type_hints

import pytest

from capgen.synth.compiled import CompiledModule
from capgen.synth.registry import BUILDERS
from capgen.terraform.checks import Checks, NoChecks
from capgen.topology import ModulePlan
from capgen.write.module_readme import module_readme
from capgen.write.module_tests import module_tests
from tests.components.building import build

SHAPES = {component: get_type_hints(BUILDERS[component].checks)["shape"] for component in BUILDERS}
ADDRESS = re.compile(r"\b(?:data\.)?aws_\w+\.\w+")


def shapes(component: str) -> list[Any]:
    """Return shapes of every form, for a component that has more than one."""
    forms = SHAPES[component]
    return [shape for form in get_args(forms) or (forms,) for shape in shapes_of(form)]


def shapes_of(shape: Any) -> list[Any]:
    """Return shapes that between them have every value of every field beside either end of all the others."""
    values = {field.name: get_args(get_type_hints(shape)[field.name]) or (False, True) for field in fields(shape)}
    ends = [{name: options[end] for name, options in values.items()} for end in (0, -1)]
    changed = [end | {name: value} for end, name in product(ends, values) for value in values[name]]
    return list({shape(**each): None for each in [*ends, *changed]})


def compiled(component: str, shape: Any) -> CompiledModule:
    builder = BUILDERS[component]
    document = build(builder.construct, ModulePlan(component=component, shape=shape, inputs={}))
    return CompiledModule(
        directory=component, component=component, document=document, files={}, checks=builder.checks(shape)
    )


@cache
def modules(component: str) -> list[tuple[CompiledModule, Checks]]:
    """Return the component's module in each shape that has a test."""
    built = (compiled(component, shape) for shape in shapes(component))
    return [(module, module.checks) for module in built if isinstance(module.checks, Checks)]


def written(module: CompiledModule) -> dict[str, Any]:
    ((path, content),) = module_tests(module).items()
    assert path == f"tests/{module.component}.tftest.json"
    test: dict[str, Any] = json.loads(content)
    return test


@pytest.mark.parametrize("component", BUILDERS)
def test_every_variable_has_an_example_and_every_validation_a_refused_value(component: str) -> None:
    for module, _ in modules(component):
        test, variables = written(module), module.document.get("variable", {})
        assert test.get("variables", {}).keys() == variables.keys()
        refused = [name for run in test["run"].values() for name in run.get("variables", {})]
        assert sorted(refused) == sorted(name for name in variables if "validation" in variables[name])


@pytest.mark.parametrize("component", BUILDERS)
def test_nothing_is_said_of_what_no_shape_has(component: str) -> None:
    known = {name for module, _ in modules(component) for name in module.document.get("variable", {})}
    assert {name for _, checks in modules(component) for name in (*checks.example, *checks.refused)} <= known


@pytest.mark.parametrize("component", BUILDERS)
def test_every_resource_of_which_something_is_said_is_there(component: str) -> None:
    for module, checks in modules(component):
        document = module.document
        there = {f"{type}.{label}" for type, blocks in document.get("resource", {}).items() for label in blocks}
        there |= {f"data.{type}.{label}" for type, blocks in document.get("data", {}).items() for label in blocks}
        there |= {f"output.{name}" for name in document["output"]}
        said = [address for check in checks.holds for address in ADDRESS.findall(check.condition)]
        said += [address.partition("[")[0] for address in checks.answers]
        said += [address for refusal in checks.refusals for address in refusal.refused_by]
        assert set(said) <= there


def test_every_component_is_tested_but_the_one_that_can_not_be() -> None:
    untested = {name for name in BUILDERS if any(isinstance(BUILDERS[name].checks(s), NoChecks) for s in shapes(name))}
    assert untested == {"secrets"}


def test_no_run_does_more_than_plan() -> None:
    for component in BUILDERS:
        for module, _ in modules(component):
            assert {run["command"] for run in written(module)["run"].values()} == {"plan"}


def test_a_validation_that_reads_a_refused_variable_has_a_run_of_its_own() -> None:
    service = modules("service")[0][0]
    runs = written(service)["run"]
    assert "var.cpu" in runs["refuses_bad_values"]["expect_failures"]
    assert runs["refuses_values_that_do_not_fit"]["expect_failures"] == ["var.memory"]


def test_the_readme_says_what_holds_or_why_there_is_no_test() -> None:
    module, checks = modules("storage")[0]
    readme = module_readme(module).decode()
    assert "terraform test" in readme
    assert all(f"\n- {check.message}\n" in readme for check in checks.holds)
    secrets = compiled("secrets", shapes("secrets")[0])
    assert isinstance(secrets.checks, NoChecks)
    assert module_tests(secrets) == {}
    assert f"## Test\n\n{secrets.checks.reason}\n" in module_readme(secrets).decode()
