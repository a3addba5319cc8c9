"""Many deployments are a summary and a page for each."""

import re
from dataclasses import replace
from pathlib import Path

from capgen.assess import Assessment
from capgen.report.html import html_pages
from capgen.report.write import write_report
from tests.report.assessments import JUDGED, NASTY


def fleet(deployments: int) -> Assessment:
    names = [f"cap {number}" for number in range(deployments)]
    regions = [replace(JUDGED, name=f"{name}/{region}", deployment=name, region=region)
               for name in names for region in ("eu-west-1", "us-east-1")]  # fmt: skip
    return replace(NASTY, regions=tuple(regions))


def test_few_deployments_are_one_page() -> None:
    assert list(html_pages(fleet(5))) == ["index.html"]


def test_the_summary_of_many_leads_to_each_of_them(tmp_path: Path) -> None:
    write_report(tmp_path, fleet(6))
    index = (tmp_path / "index.html").read_text(encoding="utf-8")
    links = re.findall(r'<a href="(deployments/[^"]+)">([^<]+)</a>', index)
    assert len(links) == 12
    for link, name in links:
        page = (tmp_path / link.replace("%20", " ")).read_text(encoding="utf-8")
        assert f'data-region="{name}"' in page
        assert 'id="topology"' in page
    assert 'id="topology"' not in index
    assert not re.findall(r'href="#(?!main|summary|messages)', index)
