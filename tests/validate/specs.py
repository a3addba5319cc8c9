"""Specs as text, for tests that need only a part of one."""

from textwrap import dedent

from capgen.diagnostics import Diagnostic
from capgen.load import Document, load_text
from capgen.validate import validate_document

HEAD = """\
api_version: capgen/v1
name: cap-production
regions:
  eu-west-1: {}
"""


def document(text: str, head: str = HEAD) -> Document:
    loaded, _ = load_text(head + dedent(text), "spec.yaml")
    assert loaded is not None
    return loaded


def diagnose(text: str, head: str = HEAD) -> list[Diagnostic]:
    return validate_document(document(text, head))


def only(text: str, head: str = HEAD) -> Diagnostic:
    (diagnostic,) = diagnose(text, head)
    return diagnostic
