"""Build one module from its plan, and look into what came out."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from capgen.synth.arguments import argument
from capgen.synth.versions import required_versions
from capgen.terraform.expression import to_json
from capgen.terraform.module import App, Document, Module
from capgen.terraform.provider_check import check_block
from capgen.topology import ModulePlan, Raw, Ref, Text, Value

if TYPE_CHECKING:
    from capgen.terraform.provider_schema import Kind

Construct = Callable[[Module, Any], None]


def build(construct: Construct, plan: ModulePlan) -> Document:
    """Return the module's Terraform JSON."""
    with App() as app:
        module = Module(app, plan.component)
        construct(module, plan.shape)
        module.settings(required_versions())
        return module.synthesise()


def problems(document: Document, plan: ModulePlan) -> list[str]:
    """Return where plan and module disagree about variables, and what the provider would refuse in any block."""
    found = [f"variable {name}: not both declared and passed" for name in set(plan.inputs) ^ set(document["variable"])]
    kinds: tuple[Kind, ...] = ("resource", "data", "ephemeral")
    for kind in kinds:
        for type, label, body in blocks(document, kind):
            found += [f"{kind} {type}.{label}: {problem}" for problem in check_block(kind, type, body)]
    return found


def blocks(document: Document, kind: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Return every block of a kind as type, label and body."""
    for type, labelled in document.get(kind, {}).items():
        for label, body in labelled.items():
            yield type, label, body


def write_root(folder: Path, built: Iterable[tuple[Document, ModulePlan]]) -> None:
    """Write the modules and a root that calls each of them, so that one `validate` sees them all.

    Literals are passed as they are; what another module would hand over stays unknown.
    """
    root: dict[str, Any] = {
        "terraform": required_versions(),
        "provider": {"aws": {"region": "eu-west-1"}},
        "data": {"aws_caller_identity": {"current": {}}, "aws_partition": {"current": {}}},
        "variable": {"unknown": {"type": "any"}},
        "module": {},
    }
    for number, (document, plan) in enumerate(built):
        name = f"{plan.component}_{number}"
        _write(folder / "modules" / name, document)
        inputs = {key: to_json(argument(_known(value))) for key, value in plan.inputs.items()}
        root["module"][name] = {"source": f"./modules/{name}", **inputs}
    _write(folder, root)


def _known(value: Value) -> Value:
    """Replace references, which the root of a single room cannot follow."""
    if isinstance(value, Ref):
        return Raw("var.unknown")
    if isinstance(value, Text):
        return "".join(part if isinstance(part, str) else "x" for part in value.parts)
    if isinstance(value, Mapping):
        return {key: _known(member) for key, member in value.items()}
    if isinstance(value, list | tuple):
        return [_known(member) for member in value]
    return value


def _write(folder: Path, document: Mapping[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "main.tf.json").write_text(json.dumps(document, indent=2), encoding="utf-8")
