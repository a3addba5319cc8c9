"""`capgen schema` and `capgen version`."""

import platform
from importlib.metadata import version
from typing import Annotated

import typer

from capgen import __version__
from capgen.cli.console import print_json
from capgen.cli.options import Format, FormatOption
from capgen.resources import schemas_dir

_SUFFIX = ".schema.json"


def schema_command(
    name: Annotated[
        str,
        typer.Argument(metavar="[NAME]", help="deployment, report, or another document that capgen reads or writes."),
    ] = "deployment",
) -> None:
    """Print the JSON Schema of a spec, or of another document, for editors and other tools."""
    names = sorted(path.name.removesuffix(_SUFFIX) for path in schemas_dir().glob(f"*{_SUFFIX}"))
    if name not in names:
        raise typer.BadParameter(f"there is no schema of {name!r}; there are {', '.join(names)}", param_hint="NAME")
    print((schemas_dir() / f"{name}{_SUFFIX}").read_text(encoding="utf-8"), end="")


def version_option(asked: bool) -> None:
    """Print the version of capgen alone, and do nothing else."""
    if asked:
        print(f"capgen {__version__}")
        raise typer.Exit


def version_command(format: FormatOption = Format.TEXT) -> None:
    """Print the versions of capgen and of what decides its output."""
    versions = {
        "capgen": __version__,
        "schema": "capgen/v1",
        "cdktf": version("cdktf"),
        "checkov": version("checkov"),
        "python": platform.python_version(),
    }
    if format is Format.JSON:
        print_json(versions)
    else:
        print("\n".join(f"{name} {value}" for name, value in versions.items()))
