"""What a clean run may not pay for."""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
SPEC = ROOT / "tests" / "specs" / "valid" / "every_field.yaml"

PROGRAM = f"""
import sys
from pathlib import Path
import capgen.report
from capgen.load import load_file
from capgen.validate import validate_document
document, _ = load_file(Path({str(SPEC)!r}))
assert document and not validate_document(document)
print(*sorted({{"jsonschema", "rich", "difflib", "capgen.validate.translate"}} & sys.modules.keys()))
"""


def test_a_valid_spec_imports_neither_jsonschema_nor_rich() -> None:
    run = subprocess.run([sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""
