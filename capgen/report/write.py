"""Write a review into a folder, in every form that someone reads it in."""

from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from capgen.assess import Assessment

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from capgen.compare import RegionChanges
    from capgen.diagnostics import Diagnostic
    from capgen.pipeline import Validated


def write_report(
    directory: Path,
    assessment: Assessment,
    validated: "Validated | None" = None,
    changes: "tuple[RegionChanges, ...]" = (),
    diagnostics: "Iterable[Diagnostic]" = (),
    specs: "Mapping[str, Validated]" = MappingProxyType({}),
) -> None:
    """Write index.html, report.sarif, junit.xml, report.json and report.md. The folder is made where there is none.

    For many deployments, index.html leads to a page for each of them. `validated` is the spec, where one is known: it
    says where each effective value comes from; `specs` are those of a fleet, by deployment. `changes` are those of a
    reviewed plan, `diagnostics` what else there is to say about it. Raises OSError when the disk fails.
    """
    from capgen.report.document import report_document
    from capgen.report.html import html_pages
    from capgen.report.json import json_text
    from capgen.report.junit import junit_xml
    from capgen.report.markdown import markdown
    from capgen.report.sarif import sarif_log

    said = tuple(dict.fromkeys((*(validated.diagnostics if validated else ()), *diagnostics)))
    everything = (*said, *assessment.diagnostics)
    documents = {
        **html_pages(assessment, validated, changes, said, specs),
        "junit.xml": junit_xml(assessment, said),
        "report.json": json_text(report_document(assessment, validated, changes, everything)) + "\n",
        "report.md": markdown(assessment, changes, said),
        "report.sarif": json_text(sarif_log(assessment, said)) + "\n",
    }
    directory.mkdir(parents=True, exist_ok=True)
    for name, text in documents.items():
        file = directory / name
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
