"""Read the JSON of a saved plan, and refuse whatever cannot be judged as a whole.

https://developer.hashicorp.com/terraform/internals/json-format
"""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from capgen.diagnostics import Diagnostic

#: A plan of some ten thousand resources; beyond it the file is taken for a mistake.
_LARGEST = 256 * 1024 * 1024

_MAKE = "make it with: terraform show -json plan.tfplan > plan.json"

Document = Mapping[str, Any]


def read_plan_file(path: Path) -> tuple[Document | None, list[Diagnostic]]:
    """Return what `terraform show -json` printed, or None and what is wrong with it."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= _LARGEST else b""
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return None, [_refusal("plan-file", f"the plan cannot be read: {reason}", _MAKE)]
    if size > _LARGEST:
        message = f"the file has {size // 1024 // 1024} MiB, and a plan of this size is not read"
        return None, [_refusal("plan-size", message, f"the limit is {_LARGEST // 1024 // 1024} MiB; {_MAKE}")]
    if content.startswith(b"PK"):
        return None, [_refusal("plan-binary", "this is a saved plan, and not the JSON of one", _MAKE)]
    document, problem = _parsed(content)
    if problem is not None:
        return None, [problem]
    problems = list(_problems(document)) if isinstance(document, Mapping) else [_shapeless()]
    return (None, problems) if problems else (document, [])


def _parsed(content: bytes) -> tuple[Any, Diagnostic | None]:
    """Parse the file. PowerShell writes UTF-16 and a mark before it, which the parser recognises."""
    try:
        return json.loads(content), None
    except json.JSONDecodeError as error:
        if not content.strip():
            message, hint = "the file is empty", _MAKE
        elif content.lstrip().startswith(b"{") and b'"@level"' in content[:200]:
            message, hint = "this is the log of terraform plan -json, and not a plan", f"save the plan, and {_MAKE}"
        elif error.pos >= len(error.doc.rstrip()) or "Unterminated" in error.msg:
            message, hint = "the file ends in the middle: it is truncated", _MAKE
        else:
            message, hint = f"this is not JSON: {error.msg} at line {error.lineno}, column {error.colno}", _MAKE
        return None, _refusal("plan-json", message, hint)
    except (UnicodeDecodeError, RecursionError) as error:
        return None, _refusal("plan-json", f"this is not JSON: {type(error).__name__}", _MAKE)


def _problems(document: Document) -> Iterator[Diagnostic]:
    version = str(document.get("format_version", ""))
    if "lineage" in document and "serial" in document:
        yield _refusal("plan-state", "this is a state, and not a plan", f"save a plan, and {_MAKE}")
    elif "resource_changes" not in document and "planned_values" not in document and "values" in document:
        yield _refusal("plan-state", "this shows a state, and not a plan", f"save a plan, and {_MAKE}")
    elif not version:
        yield _shapeless()
    elif version.split(".", maxsplit=1)[0] != "1":
        message = f"the plan has format {version}, which is not read"
        yield Diagnostic(rule="plan-format", message=message, value=version,
                         allowed="1.x, which Terraform 1.1 and later and OpenTofu write", hint=_MAKE)  # fmt: skip
    elif not isinstance(document.get("planned_values"), Mapping) or not isinstance(
        document.get("configuration"), Mapping
    ):
        yield _shapeless()
    else:
        yield from _incomplete(document)


def _incomplete(document: Document) -> Iterator[Diagnostic]:
    """A plan that is only a part of what will happen says nothing about the rest."""
    if document.get("errored"):
        message = "Terraform stopped with an error while it made this plan, so it is not the whole of what would happen"
        yield _refusal("plan-errored", message, "correct what terraform plan reports, and plan again")
        return
    deferred = [str(_address(each)) for each in document.get("deferred_changes", [])]
    if deferred:
        message = f"the plan puts off {len(deferred)} changes, such as {deferred[0]}: what they are is not known"
        yield _refusal("plan-deferred", message, "apply the rest first, then plan and review again")
    elif document.get("complete") is False:
        message = "the plan is not complete: applying it leaves changes that are not in it"
        yield _refusal("plan-incomplete", message, "plan again without -target")


def _address(deferred: Mapping[str, Any]) -> object:
    return deferred.get("resource_change", {}).get("address", "one without an address")


def _shapeless() -> Diagnostic:
    return _refusal("plan-shape", "this is JSON, and not that of a plan", _MAKE)


def _refusal(rule: str, message: str, hint: str) -> Diagnostic:
    """Refuse a plan. No line of it is named, as that line would be quoted: it may hold secrets."""
    return Diagnostic(rule=rule, message=message, hint=hint)
