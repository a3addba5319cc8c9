"""The README of a module."""

from importlib import import_module

from capgen.synth.compiled import CompiledModule
from capgen.write.template import template


def module_readme(module: CompiledModule) -> bytes:
    """Describe a module: what it is for (the component's docstring), its resources, variables and outputs."""
    intro = (import_module(f"capgen.components.{module.component}").__doc__ or "").strip()
    document = module.document
    resources = sorted(f"{type}.{label}" for type, labels in document.get("resource", {}).items() for label in labels)
    text: str = template("module.md.j2").render(
        name=module.directory,
        intro=intro,
        resources=resources,
        variables=dict(sorted(document.get("variable", {}).items())),
        outputs=dict(sorted(document.get("output", {}).items())),
    )
    return text.encode()
