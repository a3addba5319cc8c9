import json
import shutil
from pathlib import Path

import pytest

from capgen.diagnostics import Location
from capgen.model.policy import Waiver
from capgen.scan import Finding, FindingSeverity, RegionScan, checks, scan_region, scan_tree
from tests.scan.edit import edit_json, line_of

WEB = 'module.security.aws_vpc_security_group_ingress_rule.web["0.0.0.0/0"]'
ROOT = "eu-west-1/main.tf.json"


def found(scan: RegionScan, check: str) -> Finding:
    (finding,) = (finding for finding in (*scan.findings, *scan.waived) if finding.check == check)
    return finding


def test_a_finding_of_an_instance_has_its_address(small: Path) -> None:
    finding = found(scan_region(small / "eu-west-1", waivers=()), "CKV_AWS_260")
    file = "modules/security/main.tf.json"
    line = line_of(small / file, "_ingress_rule", '"web": {', '"from_port"')
    assert (finding.address, finding.file, finding.line) == (WEB, file, line)
    assert finding.severity is FindingSeverity.MEDIUM
    assert finding.waiver is None


def test_a_graph_check_points_at_the_block(small: Path) -> None:
    finding = found(scan_region(small / "eu-west-1", waivers=()), "CKV2_AWS_6")
    file = "modules/storage/main.tf.json"
    assert (finding.file, finding.line) == (file, line_of(small / file, '"aws_s3_bucket": {', '"this"'))


def test_a_finding_leads_to_the_spec(rich: Path) -> None:
    asked: list[str] = []

    def locate(path: str) -> Location | None:
        asked.append(path)
        return Location("spec.yaml", 7, 3) if path == "database.multi_az" else None

    scan = scan_region(rich / "eu-west-1", waivers=(), locate=locate)
    finding = found(scan, "CKV_AWS_157")
    assert (finding.spec_path, finding.spec) == ("database.multi_az", Location("spec.yaml", 7, 3))
    assert sorted(asked) == sorted(finding.spec_path for finding in scan.findings)


def test_the_counts(rich: Path) -> None:
    scan = scan_region(rich / "eu-west-1", waivers=())
    assert (scan.region, scan.resources, scan.passed, len(scan.findings)) == ("eu-west-1", 56, 208, 12)


def test_findings_are_sorted_worst_first(rich: Path) -> None:
    findings = scan_region(rich / "eu-west-1", waivers=()).findings
    keys = [(finding.severity.rank, finding.file, finding.line, finding.check) for finding in findings]
    assert keys == sorted(keys)


def test_waivers_move_findings(rich: Path) -> None:
    waivers = [
        Waiver(check="CKV_AWS_144", resource="*", reason="One region."),
        Waiver(check="X", resource="*", reason="No."),
    ]
    scan = scan_region(rich / "eu-west-1", waivers=waivers)
    assert [(one.address, one.waiver) for one in scan.waived] == [
        ("module.logs.aws_s3_bucket.this", "One region."),
        ("module.snapshots.aws_s3_bucket.this", "One region."),
    ]
    assert len(scan.findings) == 10
    assert scan.unused_waivers == (waivers[1],)


def test_an_unknown_check_is_told_in_checkovs_words(rich: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "_table", dict)
    finding = found(scan_region(rich / "eu-west-1", waivers=()), "CKV_AWS_157")
    assert finding.severity is FindingSeverity.MEDIUM
    assert finding.message == "Ensure that RDS instances have Multi-AZ enabled"
    assert finding.fix.startswith("see the check's guideline: https://")
    assert finding.spec_path == "database"


@pytest.mark.parametrize(
    ("start", "region", "file"),
    [
        ("out/shop/eu-west-1", "eu-west-1", "../modules/security/main.tf.json"),
        ("out/shop", "eu-west-1", "modules/security/main.tf.json"),
        ("out", "shop/eu-west-1", "shop/modules/security/main.tf.json"),
        (".", "out/shop/eu-west-1", "out/shop/modules/security/main.tf.json"),
    ],
)
def test_a_tree_is_found_from_any_height(small: Path, tmp_path: Path, start: str, region: str, file: str) -> None:
    shutil.copytree(small, tmp_path / "out/shop")
    (scan,) = scan_tree(tmp_path / start)
    assert scan.region == region
    assert scan.diagnostics == ()
    finding = found(scan, "CKV_AWS_260")
    assert (finding.file, finding.waiver) == (file, "The shop is public.")


def test_a_relative_path_is_a_path(small: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(small / "eu-west-1")
    (scan,) = scan_tree(Path())
    assert (scan.region, scan.resources) == ("eu-west-1", 9)


def test_every_region_of_every_deployment_is_scanned(small: Path, rich: Path, tmp_path: Path) -> None:
    shutil.copytree(small, tmp_path / "a")
    shutil.copytree(rich, tmp_path / "b")
    shutil.copytree(rich / "eu-west-1", tmp_path / "b/us-east-1")
    scans = scan_tree(tmp_path)
    assert [(scan.region, scan.resources) for scan in scans] == [
        ("a/eu-west-1", 9),
        ("b/eu-west-1", 56),
        ("b/us-east-1", 56),
    ]


def test_links_are_followed_once(small: Path, tmp_path: Path) -> None:
    shutil.copytree(small, tmp_path / "elsewhere")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/region").symlink_to(tmp_path / "elsewhere/eu-west-1")
    (tmp_path / "out/round").symlink_to(tmp_path / "out")
    assert [(scan.region, scan.resources) for scan in scan_tree(tmp_path / "out")] == [("region", 9)]


def test_each_region_may_have_a_locator_of_its_own(small: Path, tmp_path: Path) -> None:
    shutil.copytree(small, tmp_path / "a")
    shutil.copytree(small / "eu-west-1", tmp_path / "a/us-east-1")
    first, second = (Location("spec.yaml", line, 1) for line in (1, 2))
    scans = scan_tree(tmp_path / "a", locate=lambda _: first, locators={"us-east-1": lambda _: second})
    assert [{finding.spec for finding in scan.findings} for scan in scans] == [{first}, {second}]


@pytest.mark.parametrize("name", ["empty", "absent", "file"])
def test_nothing_to_scan_is_an_error(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x")
    (scan,) = scan_tree(tmp_path / name)
    assert [(d.rule, d.severity) for d in scan.diagnostics] == [("scan-empty", "error")]


def test_a_region_of_plain_hcl_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "eu-west-1").mkdir()
    (tmp_path / "eu-west-1/main.tf").write_text('resource "aws_s3_bucket" "open" {}\n')
    (scan,) = scan_tree(tmp_path)
    assert {d.rule for d in scan.diagnostics} == {"scan-hcl", "scan-empty"}


def test_an_unreadable_file_means_that_nothing_was_judged(small_copy: Path) -> None:
    (small_copy / "modules/storage/main.tf.json").write_text("{")
    (scan,) = scan_tree(small_copy)
    assert (scan.passed, scan.findings) == (0, ())
    assert scan.diagnostics[0].rule == "scan-parse"


def test_unreadable_waivers_mean_that_nothing_was_judged(small_copy: Path) -> None:
    (small_copy / "eu-west-1/policy.json").write_text("{")
    (scan,) = scan_tree(small_copy)
    assert (scan.passed, [d.rule for d in scan.diagnostics]) == (0, ["scan-waivers"])


def test_a_value_that_is_not_evaluated_is_a_warning(small_copy: Path) -> None:
    edit_json(small_copy / ROOT, "module/network/name", "${module.absent.name}")
    (scan,) = scan_tree(small_copy)
    assert [(d.rule, d.severity) for d in scan.diagnostics] == [("scan-expression", "warning")]
    assert scan.passed > 0


def test_the_order_of_keys_and_files_changes_nothing(rich: Path, rich_copy: Path) -> None:
    for file in rich_copy.rglob("*.tf.json"):
        document = json.loads(file.read_text())
        file.write_text(json.dumps(dict(reversed(document.items())), indent=2))
    plain, shuffled = (scan_region(path / "eu-west-1", waivers=()) for path in (rich, rich_copy))
    assert shuffled.passed == plain.passed
    assert {(one.check, one.address) for one in shuffled.findings} == {
        (one.check, one.address) for one in plain.findings
    }
