"""`capgen schema` and `capgen version`."""

import platform
from importlib.metadata import version

from capgen import __version__
from capgen.cli.console import print_json
from capgen.cli.options import Format, FormatOption
from capgen.resources import schemas_dir


def schema_command() -> None:
    """Print the JSON Schema of a spec, for editors and other tools."""
    print((schemas_dir() / "deployment.schema.json").read_text(encoding="utf-8"), end="")


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
