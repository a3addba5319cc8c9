"""What validation may not cost."""

import subprocess
import sys
import time
from pathlib import Path

from capgen.load import load_text
from capgen.validate import validate_document
from capgen.validate.strict import repeated

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


def test_a_long_list_costs_no_comparison_of_each_item_with_each() -> None:
    items = ", ".join(f"{{cidr: 10.{i // 250}.{i % 250}.0/24, port: 443, description: x}}" for i in range(6_000))
    document, _ = load_text(f"bogus: 1\naccess: {{egress: [{items}]}}\n", "spec.yaml")
    assert document is not None
    start = time.process_time()
    assert validate_document(document)
    assert time.process_time() - start < 15  # seconds; comparing each with each takes a minute


def test_items_are_repeated_where_value_and_kind_are_the_same() -> None:
    assert repeated([1, 1.0, True, {"a": 1, "b": 2}, {"b": 2, "a": 1}, "1"]) == {4: 3}
