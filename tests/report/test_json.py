"""Diagnostics as data."""

import json

from capgen.diagnostics import Diagnostic, Location, Severity
from capgen.report import diagnostics_as_json


def test_every_field() -> None:
    diagnostic = Diagnostic(
        rule="schema-enum",
        message='environment cannot be "prod"',
        severity=Severity.WARNING,
        location=Location("spec.yaml", 3, 14, 4),
        path="environment",
        value='"prod"',
        allowed="production",
        hint="x",
        link="https://example.com",
    )
    assert json.loads(json.dumps(diagnostics_as_json([diagnostic]))) == {
        "diagnostics": [
            {
                "rule": "schema-enum",
                "severity": "warning",
                "message": 'environment cannot be "prod"',
                "file": "spec.yaml",
                "line": 3,
                "column": 14,
                "path": "environment",
                "value": '"prod"',
                "allowed": "production",
                "hint": "x",
                "link": "https://example.com",
            }
        ]
    }


def test_what_is_not_said_is_null() -> None:
    (fields,) = diagnostics_as_json([Diagnostic(rule="load-readable", message="cannot read x")])["diagnostics"]
    assert {name for name, value in fields.items() if value is None} == fields.keys() - {"rule", "severity", "message"}


def test_the_order_is_that_of_the_file_and_each_stands_once() -> None:
    second, first = (Diagnostic(rule="r", message="m", location=Location("a", line, 1)) for line in (2, 1))
    assert [each["line"] for each in diagnostics_as_json([second, first, second])["diagnostics"]] == [1, 2]


def test_nothing() -> None:
    assert diagnostics_as_json([]) == {"diagnostics": []}
