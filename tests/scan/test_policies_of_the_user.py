"""`--policies DIR`: the user's own checks judge in one scan, and leave nothing behind."""

import sys
from collections.abc import Callable
from pathlib import Path
from textwrap import dedent

import pytest

from capgen.assess import assess_tree
from capgen.assess.assessment import Terms
from capgen.diagnostics import Diagnostic, Location
from capgen.findings import FindingSeverity, Waiver
from capgen.scan import IncompleteScanError, PolicyError, Scan, check_ids, check_policies, engine, scan
from tests.scan.roots import flattened_root
from tests.terms import TODAY

ROOT = flattened_root(
    {
        "aws_lb.this": {"internal": False, "tags": {"Name": "cap"}},
        "aws_s3_bucket.this": {"bucket": "cap"},
    }
)
HEAD = """
from checkov.common.models.enums import CheckCategories, CheckResult
from checkov.terraform.checks.resource.base_resource_check import BaseResourceCheck

class Own(BaseResourceCheck):
    def __init__(self, id="ACME_1", types=("aws_lb",), severity=None):
        super().__init__(name="Ensure own", id=id, categories=[CheckCategories.NETWORKING], supported_resources=types)
        self.severity = severity

    def scan_resource_conf(self, conf):
        BODY
"""
YAML = """
metadata: {id: ACME_9, name: Ensure internal, category: NETWORKING}
definition: {cond_type: attribute, resource_types: [aws_lb], attribute: internal, operator: equals, value: true}
"""

Write = Callable[..., Path]


def own(body: str = "return CheckResult.FAILED", made: str = "Own()") -> str:
    return f"{HEAD.replace('BODY', body)}\n{made}\n"


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Return a function that writes a folder of files, their names' last dot written as `__`."""

    def written(**files: str) -> Path:
        for name, text in files.items():
            file = tmp_path / "policies" / name.replace("__", ".")
            file.parent.mkdir(exist_ok=True)
            file.write_text(dedent(text), encoding="utf-8")
        return tmp_path / "policies"

    return written


def scanned(policies: Path | None) -> Scan:
    def nowhere(_: str) -> Location | None:
        return None

    return scan(ROOT, locate=nowhere, policies=policies)


def said(policies: Path) -> list[tuple[str, str, str]]:
    """Return what the user's checks find: id, address and severity."""
    findings = (one for one in scanned(policies).findings if one.check.startswith("ACME"))
    return [(one.check, one.address, str(one.severity)) for one in findings]


def refused(policies: Path) -> Diagnostic:
    (diagnostic,) = check_policies(policies)
    with pytest.raises(PolicyError) as raised:
        scanned(policies)
    assert raised.value.diagnostics == (diagnostic,)
    assert diagnostic.hint
    return diagnostic


def test_checks_of_both_kinds_judge(write: Write) -> None:
    assert said(write(own__py=own(), internal__yaml=YAML)) == [
        ("ACME_1", "aws_lb.this", "medium"),
        ("ACME_9", "aws_lb.this", "medium"),
    ]


@pytest.mark.parametrize(
    ("severity", "expected"),
    [("'high'", "high"), ("'CRITICAL'", "critical"), ("None", "medium"), ("get_severity('low')", "low")],
)
def test_a_check_may_say_how_bad_it_is(write: Write, severity: str, expected: str) -> None:
    imports = "from checkov.common.bridgecrew.severities import get_severity\n"
    assert said(write(own__py=imports + own(made=f"Own(severity={severity})"))) == [("ACME_1", "aws_lb.this", expected)]


def test_a_graph_check_may_say_how_bad_it_is(write: Write) -> None:
    text = YAML.replace("category:", "severity: HIGH, category:")
    assert said(write(a__yaml=text)) == [("ACME_9", "aws_lb.this", "high")]


def test_types_may_have_wildcards(write: Write) -> None:
    assert [address for _, address, _ in said(write(own__py=own(made="Own(types=['aws_*'])")))] == [
        "aws_lb.this",
        "aws_s3_bucket.this",
    ]


def test_the_next_scan_knows_nothing_of_them(write: Write) -> None:
    plain, folder = scanned(None), write(own__py=own(), internal__yaml=YAML, neighbour__py="import own\n")
    parts = engine.load()
    registered = {kind: sorted(str(check.id) for _, check in registry.all_checks())
                  for kind, registry in parts.registries.items()}  # fmt: skip
    graph, path, modules = list(parts.graph_registry.checks), list(sys.path), set(sys.modules)
    with_them = scanned(folder)
    assert scanned(None) == plain
    assert scanned(folder) == with_them
    assert with_them != plain
    assert {one for one in with_them.findings if not one.check.startswith("ACME")} == set(plain.findings)
    assert {kind: sorted(str(check.id) for _, check in registry.all_checks())
            for kind, registry in parts.registries.items()} == registered  # fmt: skip
    assert (parts.graph_registry.checks, sys.path) == (graph, path)
    assert not {"own", "neighbour"} & (set(sys.modules) - modules)
    assert sorted(file.name for file in folder.iterdir()) == ["internal.yaml", "neighbour.py", "own.py"]


def test_a_changed_check_is_read_anew(write: Write) -> None:
    assert said(write(own__py=own()))
    assert said(write(own__py=own("return CheckResult.PASSED"))) == []


def test_files_may_import_their_neighbours_also_while_they_judge(write: Write) -> None:
    folder = write(
        a__py="from words import RESULT\n" + own("import later; return later.RESULT"),
        later__py="from words import RESULT\n",
        words__py="from checkov.common.models.enums import CheckResult\nRESULT = CheckResult.FAILED\n",
    )
    assert said(folder) == [("ACME_1", "aws_lb.this", "medium")]


def test_a_file_may_be_called_as_a_module_of_pythons(write: Write) -> None:
    import json

    assert said(write(json__py=own())) == [("ACME_1", "aws_lb.this", "medium")]
    assert sys.modules["json"] is json


def test_a_check_cannot_change_what_others_see(write: Write) -> None:
    plain = scanned(None)
    changed = scanned(write(own__py=own("conf.clear(); return CheckResult.PASSED", "Own(types=['*'])")))
    assert changed.findings == plain.findings
    assert {one for one in changed.passed if one.check != "ACME_1"} == set(plain.passed)


def test_what_a_check_prints_goes_to_standard_error(write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    assert said(write(own__py='print("read")\n' + own('print("judged"); return CheckResult.FAILED')))
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err == "read\njudged\n"


def test_folders_below_are_read_and_hidden_ones_are_not(write: Write) -> None:
    folder = write(__init____py="raise RuntimeError\n", internal__yaml=YAML)
    (folder / "below").mkdir()
    (folder / "below/own.py").write_text(own())
    (folder / ".hidden").mkdir()
    (folder / ".hidden/own.py").write_text("raise RuntimeError\n")
    assert [check for check, _, _ in said(folder)] == ["ACME_1", "ACME_9"]


@pytest.mark.parametrize(
    ("files", "rule", "place", "text"),
    [
        ({"own__py": "import os\n\nraise ValueError('no')\n"}, "policies-python", ("own.py", 3), "ValueError: no"),
        ({"own__py": "import sys\nsys.exit(3)\n"}, "policies-python", ("own.py", 2), "SystemExit: 3"),
        ({"own__py": "x = 1\ny = = 2\n"}, "policies-python", ("own.py", 2), "SyntaxError"),
        ({"own__py": "import nowhere_to_be_found\n"}, "policies-python", ("own.py", 1), "nowhere_to_be_found"),
        ({"a__yaml": "metadata: {\n"}, "policies-yaml", ("a.yaml", 2), "cannot be read"),
        ({"a__yaml": "- 1\n"}, "policies-yaml", ("a.yaml", 1), "it holds no map"),
        ({"a__yaml": "definition: {}\n"}, "policies-yaml", ("a.yaml", 1), "it has no metadata"),
        ({"a__yml": "metadata: {id: ACME_1}\n"}, "policies-yaml", ("a.yml", 1), "no name and no category"),
        ({"a__json": '{"metadata": {"id": "A_1", "name": "n", "category": "IAM"}}'}, "policies-yaml", ("a.json", 1),
         "no definition"),
        ({"a__yaml": YAML.replace("equals", "resembles")}, "policies-yaml", ("a.yaml", 1), "resembles"),
        ({"own__py": own(made='Own("CKV_AWS_16")')}, "policies-id", ("own.py", 1), "checkov's own"),
        ({"a__yaml": YAML.replace("ACME_9", "CKV2_AWS_6")}, "policies-id", ("a.yaml", 1), "checkov's own"),
        ({"own__py": own(made='Own("CAPGEN_2")')}, "policies-id", ("own.py", 1), "CAPGEN_2"),
        ({"own__py": own(made='Own("CAPGEN_40")')}, "policies-id", ("own.py", 1), "capgen's"),
        ({"own__py": own(made='Own("my check")')}, "policies-id", ("own.py", 1), "no waiver could name"),
        ({"a__py": own(), "b__py": own()}, "policies-id", ("b.py", 1), "a.py"),
        ({"own__py": own(made='Own(severity="severe")')}, "policies-severity", ("own.py", 1), "ACME_1"),
    ],
)  # fmt: skip
def test_a_folder_that_is_of_no_use_is_refused(
    write: Write, files: dict[str, str], rule: str, place: tuple[str, int], text: str
) -> None:
    folder = write(**files)
    diagnostic = refused(folder)
    assert diagnostic.rule == rule
    assert text in diagnostic.message
    assert diagnostic.location is not None
    assert (diagnostic.location.file, diagnostic.location.line) == (str(folder / place[0]), place[1])


def test_a_check_of_something_else_than_resources_is_refused(write: Write) -> None:
    text = own().replace("base_resource_check", "base_module_check").replace("checks.resource", "checks.module")
    text = text.replace("Resource", "Module").replace("resource_conf", "module_conf").replace('"aws_lb"', '"module"')
    assert refused(write(own__py=text)).rule == "policies-kind"


def test_a_folder_without_a_check_is_refused(write: Write) -> None:
    assert refused(write(README__md="Nothing yet.\n")).rule == "policies-empty"
    assert refused(write(words__py="WORDS = 1\n")).rule == "policies-empty"


def test_no_folder_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path / "absent").rule == "policies-missing"


def test_everything_that_is_wrong_is_said_at_once(write: Write) -> None:
    folder = write(a__py="1 / 0\n", b__yaml="x", c__py=own(made='Own("CKV_AWS_16")'))
    assert [each.rule for each in check_policies(folder)] == ["policies-python", "policies-yaml", "policies-id"]


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("return 1 / 0", r"ACME_1 on aws_lb\.this failed: ZeroDivisionError"),
        ("raise SystemExit(0)", r"ACME_1 on aws_lb\.this failed: SystemExit"),
        ("return None", r"ACME_1 on aws_lb\.this said None, which is no CheckResult"),
        ("return True", r"ACME_1 on aws_lb\.this said True, which is no CheckResult"),
    ],
)
def test_a_check_that_fails_to_judge_makes_the_scan_incomplete(write: Write, body: str, message: str) -> None:
    with pytest.raises(IncompleteScanError, match=message):
        scanned(write(own__py=own(body)))
    assert scanned(None).findings


def test_a_region_says_what_is_wrong_with_the_folder(small: Path, write: Write) -> None:
    (region,) = assess_tree(small, terms=Terms(today=TODAY, policies=write(own__py="1 / 0\n"))).regions
    assert ([each.rule for each in region.diagnostics], region.judged) == (["policies-python"], False)


def test_a_finding_can_be_waived(small: Path, write: Write) -> None:
    folder = write(own__py=own(made="Own(types=['aws_s3_bucket'], severity='low')"))
    waiver = Waiver(check="ACME_1", resource="*", owner="me", reason="Because.", expires=TODAY, spec="")
    terms = Terms(today=TODAY, policies=folder, waivers=(waiver,))
    (region,) = assess_tree(small, terms=terms).regions
    (waived,) = (one for one in region.waived if one.check == "ACME_1")
    assert (waived.severity, waived.spec_path) == (FindingSeverity.LOW, "storage")


def test_their_ids_are_known_for_that_folder_alone(write: Write) -> None:
    folder = write(own__py=own(), internal__yaml=YAML)
    assert {"ACME_1", "ACME_9", "CAPGEN_28", "CKV_AWS_16", "CKV2_AWS_6"} <= check_ids(folder)
    assert not {"ACME_1", "ACME_9"} & check_ids()
