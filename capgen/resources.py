"""Where the data files that come with capgen lie: beside the package in a checkout, inside it once installed."""

import json
from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).resolve().parent


def schemas_dir() -> Path:
    """Return the directory of the JSON Schemas and of the tables of AWS limits."""
    return _data_dir("schemas")


def blueprints_dir() -> Path:
    """Return the directory of the blueprints."""
    return _data_dir("blueprints")


@cache
def table(name: str) -> Any:
    """Return the JSON of a file of schemas/, such as `aws/regions.json`. Read once and shared: do not change it."""
    return json.loads((schemas_dir() / name).read_text(encoding="utf-8"))


def _data_dir(name: str) -> Path:
    installed = PACKAGE / f"_{name}"  # the wheel puts it there; asked first, since site-packages may hold any `schemas`
    if installed.is_dir():
        return installed
    checkout = PACKAGE.parent / name
    if checkout.is_dir():
        return checkout
    raise FileNotFoundError(f"capgen's {name} are missing: neither {installed} nor {checkout} is a directory")
