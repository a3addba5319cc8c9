"""One Terraform module or root under construction."""

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from typing import Any, Self

from capgen.terraform.cdk import core, release
from capgen.terraform.expression import Argument, Expr, Json, to_json
from capgen.terraform.opaque import OpaqueTexts

Body = Mapping[str, Argument]
Document = dict[str, Any]


class App:
    """The CDK application that stacks belong to, as long as it is entered. Nothing is written to disk through it."""

    def __init__(self) -> None:
        self._constructs: list[Any] = []

    def __enter__(self) -> Self:
        self._folder = tempfile.mkdtemp(prefix="capgen-")  # the CDK makes its folders at once, whether it writes or not
        self.construct = self.keep(core.App(stack_traces=False, outdir=self._folder))
        return self

    def __exit__(self, *_: object) -> None:
        release(reversed(self._constructs))
        shutil.rmtree(self._folder, ignore_errors=True)

    def keep(self, construct: Any) -> Any:
        """Note a construct, to be forgotten when the application is left, and return it."""
        self._constructs.append(construct)
        return construct


class Module:
    """A Terraform module: resources are CDK constructs, everything else is an override of their stack.

    A construct costs one round trip to Node.js and an override another, so the bodies of all blocks travel together,
    in one override, when the module is synthesised.
    """

    def __init__(self, app: App, name: str) -> None:
        self._app = app
        self._stack = app.keep(core.TerraformStack(app.construct, name))
        self._blocks: dict[str, dict[str, Any]] = {}
        self._texts = OpaqueTexts()

    def variable(
        self,
        name: str,
        type: str,
        description: str,
        *,
        validations: Sequence[tuple[str, str]] = (),
        nullable: bool = False,
        sensitive: bool = False,
        ephemeral: bool = False,
    ) -> Expr:
        """Declare an input. Each validation is a condition (Terraform, without `${}`) and the message if it is false.

        No defaults: the root passes every value, so that what a region gets stands in one place.
        """
        body: Body = {
            "type": type,
            "description": description,
            "nullable": nullable,
            "sensitive": sensitive or None,
            "ephemeral": ephemeral or None,
            "validation": _checks(validations),
        }  # fmt: skip
        self._add("variable", name, body)
        return Expr(f"var.{name}")

    def local(self, name: str, value: Argument) -> Expr:
        """Name a value of this module."""
        self._blocks.setdefault("locals", {})[name] = self._texts.hide(to_json(value))
        return Expr(f"local.{name}")

    def resource(self, type: str, label: str, body: Body) -> Expr:
        """Add a resource; `body` may hold for_each, depends_on and lifecycle. Returns its address as an expression."""
        resource = core.TerraformResource(self._stack, f"{type}.{label}", terraform_resource_type=type)
        self._app.keep(resource).override_logical_id(label)
        self._add_typed("resource", type, label, body)
        return Expr(f"{type}.{label}")

    def data(self, type: str, label: str, body: Body) -> Expr:
        """Add a data source. Returns its address, `data.` included, as an expression."""
        source = core.TerraformDataSource(self._stack, f"data.{type}.{label}", terraform_resource_type=type)
        self._app.keep(source).override_logical_id(label)
        self._add_typed("data", type, label, body)
        return Expr(f"data.{type}.{label}")

    def ephemeral(self, type: str, label: str, body: Body) -> Expr:
        """Add an ephemeral resource: opened at plan and apply, kept in neither. The CDK has no construct for it."""
        self._add_typed("ephemeral", type, label, body)
        return Expr(f"ephemeral.{type}.{label}")

    def output(
        self,
        name: str,
        value: Argument,
        description: str,
        *,
        ephemeral: bool = False,
        depends_on: Sequence[Expr] = (),
        preconditions: Sequence[tuple[str, str]] = (),
    ) -> None:
        """Declare an output.

        `depends_on` makes users of the value wait for more than the value itself; a precondition is a condition
        (Terraform, without `${}`) and the message if it is false.
        """
        self._add("output", name, {
            "value": value,
            "description": description,
            "ephemeral": ephemeral or None,
            "depends_on": [block.text for block in depends_on] or None,
            "precondition": _checks(preconditions),
        })  # fmt: skip

    def provider(self, type: str, body: Body) -> None:
        """Configure a provider; another configuration of the same provider has an `alias`. Only a root does."""
        configuration = self._opaque(body)
        alias = configuration.get("alias")
        name = f"{type}.{alias}" if alias else type
        provider = self._app.keep(core.TerraformProvider(self._stack, name, terraform_resource_type=type))
        for attribute, value in configuration.items():
            provider.add_override(attribute, value)

    def call(self, name: str, source: str, arguments: Body) -> None:
        """Call another module by its relative path."""
        call = core.TerraformHclModule(self._stack, name, source=source, skip_asset_creation_from_local_modules=True)
        self._app.keep(call)
        self._add("module", name, {"source": source, **arguments})

    def settings(self, body: Body) -> None:
        """Fill the `terraform` block: versions, required providers, backend."""
        self._blocks.setdefault("terraform", {}).update(self._opaque(body))

    def synthesise(self) -> Document:
        """Let the CDK synthesise the stack and return it as Terraform JSON.

        Left out are the CDK's notes to itself (`//`) and its default backend, whose path names the machine.
        """
        for block_type, blocks in self._blocks.items():
            self._stack.add_override(block_type, blocks)
        document: Document = self._texts.reveal(_without_notes(self._stack.to_terraform()))
        if "backend" not in self._blocks.get("terraform", {}):
            document.get("terraform", {}).pop("backend", None)
        return {block_type: blocks for block_type, blocks in document.items() if blocks}

    def _add(self, block_type: str, name: str, body: Body) -> None:
        blocks = self._blocks.setdefault(block_type, {})
        if name in blocks:
            raise ValueError(f"{block_type} {name} is declared twice")
        blocks[name] = self._opaque(body)

    def _add_typed(self, block_type: str, type: str, label: str, body: Body) -> None:
        blocks = self._blocks.setdefault(block_type, {}).setdefault(type, {})
        if label in blocks:
            raise ValueError(f"{block_type} {type}.{label} is declared twice")
        blocks[label] = self._opaque(body)

    def _opaque(self, body: Body) -> dict[str, Json]:
        return {key: self._texts.hide(to_json(value)) for key, value in body.items() if value is not None}


def _checks(checks: Sequence[tuple[str, str]]) -> Argument:
    return [{"condition": "${" + condition + "}", "error_message": message} for condition, message in checks] or None


def _without_notes(document: Document) -> Document:
    """Drop the CDK's `//` beside block types, in each block and in each labelled block, but not inside a user's map."""
    document = {block_type: blocks for block_type, blocks in document.items() if block_type != "//"}
    for block_type in ("resource", "data", "module"):
        for block in document.get(block_type, {}).values():
            for body in [block] if block_type == "module" else block.values():
                body.pop("//", None)
    return document
