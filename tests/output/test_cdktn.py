"""The maintained successor of cdktf takes its place without changing a byte."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.output.example import REPOSITORY, tree
from tests.output.variants import compiled_variant, variant_spec

SAYS_WHICH = """
import sys
from capgen.cli.main import main
try:
    main()
finally:
    print(sorted({"cdktf", "cdktn"} & sys.modules.keys()), file=sys.stderr)
"""


@pytest.mark.slow
def test_cdktn_compiles_to_the_same_bytes(tmp_path: Path) -> None:
    if find_spec("cdktn") is None:
        pytest.skip("cdktn is not installed")
    spec = tmp_path / "spec.yaml"
    spec.write_text(variant_spec("two_regions"), encoding="utf-8")
    ran = subprocess.run(
        [sys.executable, "-c", SAYS_WHICH, "compile", str(spec), "-o", str(tmp_path / "out")],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "CAPGEN_CDK": "cdktn", "PYTHONPATH": str(REPOSITORY)},
    )
    assert ran.returncode == 0, ran.stderr
    assert "['cdktn']" in ran.stderr
    assert tree(tmp_path / "out" / "cap-production") == compiled_variant("two_regions")
