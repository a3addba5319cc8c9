"""Findings of a flattened root: whose they are, where they stand, and what is said about them."""

from pathlib import Path

import pytest

from capgen.diagnostics import Location
from capgen.evaluate import Tree, flatten
from capgen.findings import Finding, FindingSeverity
from capgen.scan import Locate, Scan, checks, scan
from tests.trees.edit import line_of

WEB = 'module.security.aws_vpc_security_group_ingress_rule.web["0.0.0.0/0"]'


def nowhere(_: str) -> Location | None:
    return None


def scanned(deployment: Path, locate: Locate = nowhere) -> Scan:
    tree = Tree(base=deployment, boundary=deployment)
    return scan(flatten(tree.directory(deployment / "eu-west-1"), tree), locate=locate)


def found(judged: Scan, check: str) -> Finding:
    (finding,) = (finding for finding in judged.findings if finding.check == check)
    return finding


def test_a_finding_of_an_instance_has_its_address(small: Path) -> None:
    finding = found(scanned(small), "CKV_AWS_260")
    file = "modules/security/main.tf.json"
    line = line_of(small / file, "_ingress_rule", '"web": {', '"from_port"')
    assert (finding.address, finding.file, finding.line) == (WEB, file, line)
    assert finding.severity is FindingSeverity.MEDIUM
    assert finding.waiver is None


def test_a_graph_check_points_at_the_block(small: Path) -> None:
    finding = found(scanned(small), "CKV2_AWS_6")
    file = "modules/storage/main.tf.json"
    assert (finding.file, finding.line) == (file, line_of(small / file, '"aws_s3_bucket": {', '"this"'))


def test_a_finding_leads_to_the_spec(rich: Path) -> None:
    asked: list[str] = []

    def locate(path: str) -> Location | None:
        asked.append(path)
        return Location("spec.yaml", 7, 3) if path == "database.multi_az" else None

    judged = scanned(rich, locate)
    finding = found(judged, "CKV_AWS_157")
    assert (finding.spec_path, finding.spec) == ("database.multi_az", Location("spec.yaml", 7, 3))
    assert sorted(asked) == sorted(finding.spec_path for finding in judged.findings)


def test_findings_are_sorted_worst_first(rich: Path) -> None:
    findings = scanned(rich).findings
    keys = [(finding.severity.rank, finding.file, finding.line, finding.check) for finding in findings]
    assert keys == sorted(keys)


def test_a_check_either_passes_or_fails_on_a_block(rich: Path) -> None:
    judged = scanned(rich)
    passed = {(one.check, one.address) for one in judged.passed}
    assert len(passed) > 100
    assert [each for each in passed if not each[1].startswith(("module.", "provider", "data.", "aws_"))] == []
    assert passed.isdisjoint({(one.check, one.address) for one in judged.findings})


def test_an_unknown_check_is_told_in_checkovs_words(rich: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(checks, "_table", dict)
    finding = found(scanned(rich), "CKV_AWS_157")
    assert finding.severity is FindingSeverity.MEDIUM
    assert finding.message == "Ensure that RDS instances have Multi-AZ enabled"
    assert finding.fix.startswith("see the check's guideline: https://")
    assert finding.spec_path == "database"
