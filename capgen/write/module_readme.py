"""The README of a module."""

from importlib import import_module

from capgen.synth.compiled import CompiledModule
from capgen.terraform.checks import Checks, NoChecks
from capgen.write.template import template


def module_readme(module: CompiledModule) -> bytes:
    """Describe a module: what it is for (the component's docstring), resources, variables, outputs, and its test."""
    intro = (import_module(f"capgen.components.{module.component}").__doc__ or "").strip()
    document = module.document
    resources = sorted(f"{type}.{label}" for type, labels in document.get("resource", {}).items() for label in labels)
    text: str = template("module.md.j2").render(
        name=module.directory,
        intro=intro,
        resources=resources,
        variables=dict(sorted(document.get("variable", {}).items())),
        outputs=dict(sorted(document.get("output", {}).items())),
        **_test(module.checks),
    )
    return text.encode()


def _test(checks: Checks | NoChecks) -> dict[str, object]:
    if isinstance(checks, NoChecks):
        return {"untested": checks.reason, "checks": None, "refuses": False}
    return {"untested": None, "checks": checks, "refuses": bool(checks.refused or checks.refusals)}
