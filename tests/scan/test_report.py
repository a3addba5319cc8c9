import io
import json
from pathlib import Path

from rich.console import Console

from capgen.diagnostics import Diagnostic, Location
from capgen.model.policy import Waiver
from capgen.report.findings import findings_document, print_findings
from capgen.scan import Finding, FindingSeverity, RegionScan, scan_tree

CRITICAL = Finding(
    check="CKV_AWS_17", severity=FindingSeverity.CRITICAL, message="The database is public", line=26,
    address='module.database.aws_db_instance.this["[bold]a"]', file="modules/database/main.tf.json",
    fix="Set database.public to false.", spec_path="database.public", spec=Location("cap.yaml", 12, 3),
)  # fmt: skip
LOW = Finding(
    check="CKV_AWS_144", severity=FindingSeverity.LOW, message="No replication", address="aws_s3_bucket.this",
    file="main.tf.json", line=3, fix="Waive it.", spec_path="snapshots",
)  # fmt: skip
WAIVED = Finding(
    check="CKV_AWS_260", severity=FindingSeverity.HIGH, message="Port 80 is open", address="aws_lb.this",
    file="main.tf.json", line=9, fix="Close it.", spec_path="access", waiver="It only redirects.",
)  # fmt: skip
SCAN = RegionScan(
    region="eu-west-1", findings=(CRITICAL, LOW), waived=(WAIVED,), passed=312, resources=1,
    unused_waivers=(Waiver(check="CKV_AWS_2", resource="*", reason="Old."),),
)  # fmt: skip


def text(*scans: RegionScan) -> str:
    output = io.StringIO()
    print_findings(Console(file=output, width=40), scans)
    return output.getvalue()


def test_text() -> None:
    assert text(SCAN) == (
        "eu-west-1: 1 critical\n"
        "  CKV_AWS_17  The database is public\n"
        '    module.database.aws_db_instance.this["[bold]a"]\n'
        "    at   modules/database/main.tf.json:26\n"
        "    spec cap.yaml:12 (database.public)\n"
        "    fix  Set database.public to false.\n"
        "\n"
        "eu-west-1: 1 low\n"
        "  CKV_AWS_144  No replication\n"
        "    aws_s3_bucket.this\n"
        "    at   main.tf.json:3\n"
        "    spec snapshots\n"
        "    fix  Waive it.\n"
        "\n"
        "eu-west-1: 1 waived\n"
        "  CKV_AWS_260  aws_lb.this: It only redirects.\n"
        "\n"
        "warning: eu-west-1: the waiver of CKV_AWS_2 for * matches nothing\n"
        "eu-west-1: 1 resource, 312 checks passed, 2 findings, 1 waived\n"
    )


def test_a_clean_region_is_one_line() -> None:
    clean = RegionScan(region="eu-west-1", passed=312, resources=84)
    assert text(clean) == "eu-west-1: 84 resources, 312 checks passed, 0 findings, 0 waived\n"


def test_a_region_that_was_not_judged_says_so() -> None:
    broken = RegionScan(region="eu-west-1", diagnostics=(Diagnostic(rule="scan-parse", message="no JSON"),))
    assert text(broken) == "eu-west-1: not judged\n"
    assert findings_document([broken])["regions"][0]["judged"] is False


def test_document() -> None:
    (region,) = findings_document([SCAN])["regions"]
    assert json.loads(json.dumps(region)) == region
    assert region["findings"][0] == {
        "check": "CKV_AWS_17",
        "severity": "critical",
        "address": 'module.database.aws_db_instance.this["[bold]a"]',
        "file": "modules/database/main.tf.json",
        "line": 26,
        "spec": {"path": "database.public", "file": "cap.yaml", "line": 12},
        "message": "The database is public",
        "fix": "Set database.public to false.",
    }
    assert region["findings"][1]["spec"] == {"path": "snapshots"}
    assert region["waived"][0]["reason"] == "It only redirects."
    assert region["unused_waivers"] == [{"check": "CKV_AWS_2", "resource": "*", "reason": "Old."}]
    assert (region["resources"], region["passed"], region["judged"]) == (1, 312, True)


def test_a_real_scan_renders(rich: Path) -> None:
    scans = scan_tree(rich)
    assert text(*scans).endswith("eu-west-1: 56 resources, 208 checks passed, 12 findings, 0 waived\n")
    assert len(findings_document(scans)["regions"][0]["findings"]) == 12
