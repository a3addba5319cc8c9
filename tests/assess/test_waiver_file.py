"""A file of waivers that several specs share is read as carefully as a spec."""

from datetime import date
from pathlib import Path
from textwrap import dedent

import pytest

from capgen.assess import read_waiver_file
from capgen.diagnostics import Diagnostic, Location
from capgen.findings import Waiver

GOOD = """\
# yaml-language-server: $schema=.capgen/waivers.schema.json
waivers:
  - check: CKV_AWS_260
    resource: module.security.*
    owner: platform
    reason: The solution is public by decision.
    expires: 2027-06-30
  - check: ACME_1
    resource: "*"
    owner: "@acme/platform"
    reason: The policy's next version will know this resource.
    expires: 2028-02-29
    deployments: [shop, cap-*]
    regions: [eu-*]
"""


def read(folder: Path, text: str) -> tuple[tuple[Waiver, ...], list[Diagnostic]]:
    file = folder / "waivers.yaml"
    file.write_text(dedent(text), encoding="utf-8")
    return read_waiver_file(file)


def refused(folder: Path, text: str) -> list[tuple[int, str, str]]:
    waivers, diagnostics = read(folder, text)
    assert waivers == ()
    return [(each.location.line if each.location else 0, each.rule, each.message) for each in diagnostics]


def test_a_good_file(tmp_path: Path) -> None:
    (first, second), diagnostics = read(tmp_path, GOOD)
    assert diagnostics == []
    assert first == Waiver(
        check="CKV_AWS_260", resource="module.security.*", owner="platform", expires=date(2027, 6, 30),
        reason="The solution is public by decision.",
    )  # fmt: skip
    assert first.place == Location(str(tmp_path / "waivers.yaml"), 3, 12, 11)
    assert (second.deployments, second.regions, second.expires) == (("shop", "cap-*"), ("eu-*",), date(2028, 2, 29))
    assert second.place is not None
    assert second.place.line == 8


def test_a_file_without_waivers_is_a_file(tmp_path: Path) -> None:
    assert read(tmp_path, "waivers: []\n") == ((), [])


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    waivers, (diagnostic,) = read_waiver_file(tmp_path / "none.yaml")
    assert (waivers, diagnostic.rule) == ((), "load-readable")
    assert diagnostic.message.endswith("none.yaml: no such file or directory")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", [(1, "load-empty", "the file is empty")]),
        ("# nothing\n", [(1, "load-empty", "the file is empty")]),
        ("a: b: c", [(1, "load-yaml-syntax", "this is not YAML: mapping values are not allowed in this context")]),
        ("waivers:\n", [(1, "schema-type", "expected a list, found nothing")]),
        ("waivers: {check: CKV_AWS_2}\n", [(1, "schema-type", "expected a list, found a section")]),
        ("- check: CKV_AWS_2\n", [(1, "schema-type", "expected a section, found a list")]),
        ("just text\n", [(1, "schema-type", "expected a section, found text")]),
        ("waiver: []\n", [
            (1, "schema-required", '"waivers" is missing'), (1, "schema-unknown-key", 'unknown key "waiver"'),
        ]),
        ("waivers: []\nwaivers: []\n", [
            (2, "load-duplicate-key", 'the key "waivers" stands here twice: first in line 1'),
        ]),
        (GOOD.replace("    owner: platform\n", ""), [(3, "schema-required", '"owner" is missing in waivers[0]')]),
        (GOOD.replace("2027-06-30", "2027-06-31"), [(7, "policy-expires", "there is no day 2027-06-31")]),
        (GOOD.replace("2027-06-30", "soon"), [(7, "schema-pattern", 'expires cannot be "soon"')]),
        (GOOD.replace("[eu-*]", "[]"), [(14, "schema-min-items", "regions is empty")]),
        (GOOD.replace("[eu-*]", "eu-*"), [(14, "schema-type", "expected a list, found text")]),
        (GOOD.replace("[eu-*]", "[eu-wset-1, us-*]"), [
            (14, "deployment-known-region", "no AWS region matches eu-wset-1"),
        ]),
        (GOOD.replace("public by decision", "key AKIAIOSFODNN7EXAMPLE"), [
            (6, "secret-aws-key", "reason holds an AWS access key id"),
        ]),
        (GOOD + "# AKIAIOSFODNN7EXAMPLE\n", [(15, "secret-aws-key", "this line holds an AWS access key id")]),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_line(tmp_path: Path, text: str, expected: list[tuple[int, str, str]]) -> None:
    assert refused(tmp_path, text) == expected


def test_words_about_secrets_are_no_secrets(tmp_path: Path) -> None:
    waivers, diagnostics = read(tmp_path, GOOD.replace("public by decision", "open, its password=token in a vault"))
    assert (len(waivers), diagnostics) == (2, [])


def test_a_list_alone_is_led_to_its_key(tmp_path: Path) -> None:
    _, (diagnostic,) = read(tmp_path, "- check: CKV_AWS_2\n")
    assert diagnostic.hint == "write the list under waivers:"


def test_an_unknown_key_is_led_to_the_nearest(tmp_path: Path) -> None:
    _, (diagnostic,) = read(tmp_path, GOOD.replace("deployments:", "deployment:"))
    assert diagnostic.allowed == "check, resource, owner, reason, expires, deployments, regions"
    assert diagnostic.hint == 'did you mean "deployments"?'


REPEATED = """\
waivers:
  - {check: CKV_AWS_2, resource: aws_lb.a, owner: platform, reason: Plain HTTP for a while., expires: 2027-06-30, SCOPE}
  - {check: CKV_AWS_2, resource: aws_lb.a, owner: security, reason: And yet another reason., expires: 2028-06-30, OTHER}
"""


@pytest.mark.parametrize(
    ("scope", "other", "repeated"),
    [
        ("deployments: ['*']", "regions: ['*']", True),
        ("deployments: [shop, bank]", "deployments: [bank, shop]", True),
        ("deployments: [shop]", "deployments: [bank]", False),
        ("regions: [eu-*]", "regions: ['*']", False),
    ],
)
def test_one_finding_is_waived_once_in_one_scope(tmp_path: Path, scope: str, other: str, repeated: bool) -> None:
    _, diagnostics = read(tmp_path, REPEATED.replace("SCOPE", scope).replace("OTHER", other))
    assert [(each.rule, each.message) for each in diagnostics] == (
        [("policy-distinct-waivers", "CKV_AWS_2 is waived twice for aws_lb.a: first in line 2")] if repeated else []
    )
