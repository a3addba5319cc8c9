"""docs/policies.md says what the code does."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

from capgen.diagnostics import Location
from capgen.scan import scan
from capgen.scan.policies import POLICIES, Policy, Subject
from tests.scan.roots import flattened_root

DOCUMENT = Path(__file__).parents[2] / "docs" / "policies.md"
TABLE = re.compile(r"(?<=<!-- table -->\n).*(?=<!-- /table -->)", re.DOTALL)
FILE = re.compile(r"<!-- policies/(\S+) -->\n```\w+\n(.*?)```\n", re.DOTALL)


def nowhere(_: str) -> Location | None:
    return None


def looks_at_others(policy: Policy) -> bool:
    asked: list[tuple[str, ...]] = []

    def others(*types: str) -> Iterator[Subject]:
        asked.append(types)
        return iter(())

    for type in policy.types:
        policy.holds(Subject(type=type, name=f"{type}.this", body={}, others=others))
    return bool(asked)


def test_the_table_is_that_of_the_policies(golden: Callable[[Path, str], None]) -> None:
    rows = "".join(
        f"| {policy.id}{'*' if looks_at_others(policy) else ''} | {policy.severity} "
        f"| [{policy.title.removeprefix('Ensure ')}]({policy.link}) |\n"
        for policy in POLICIES
    )
    table = f"| policy | severity | asks that |\n|---|---|---|\n{rows}"
    golden(DOCUMENT, TABLE.sub(lambda _: table, DOCUMENT.read_text(encoding="utf-8")))


def test_the_policies_of_the_document_work_as_they_stand(tmp_path: Path) -> None:
    files = FILE.findall(DOCUMENT.read_text(encoding="utf-8"))
    assert [name for name, _ in files] == ["backups.py", "internal.yaml"]
    for name, text in files:
        (tmp_path / name).write_text(text, encoding="utf-8")
    root = flattened_root(
        {
            "aws_db_instance.short": {"backup_retention_period": 30},
            "aws_db_instance.long": {"backup_retention_period": 35},
            "aws_db_instance.unknown": {"backup_retention_period": "${data.x.y.z}"},
            "aws_lb.public": {"internal": False},
            "aws_lb.internal": {"internal": True},
        }
    )
    judged = scan(root, locate=nowhere, policies=tmp_path)
    findings = [(one.check, one.address, str(one.severity), one.message, one.link)
                for one in judged.findings if one.check.startswith("ACME_")]  # fmt: skip
    assert findings == [
        ("ACME_1", "aws_db_instance.short", "high", "Ensure database backups are kept for 35 days",
         "https://wiki.example.com/policies/1"),
        ("ACME_2", "aws_lb.public", "medium", "Ensure load balancers are internal", ""),
    ]  # fmt: skip
    passed = [(one.check, one.address) for one in judged.passed if one.check.startswith("ACME_")]
    assert passed == [("ACME_1", "aws_db_instance.long"), ("ACME_2", "aws_lb.internal")]
