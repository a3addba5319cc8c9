"""docs/inheritance.md says what happens: its files are written, its commands are run, its tables are looked up."""

import re
import shlex
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from capgen.cli.main import app
from capgen.load.limits import MAX_BASES, MAX_CHAIN, MAX_NODES
from capgen.load.merge_keys import _merge_keys
from capgen.model.effective import effective_values
from capgen.pipeline import validate

PAGE = (Path(__file__).parents[2] / "docs" / "inheritance.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"^```yaml\n(?=# (\S+\.yaml)\n)(.*?)^```", PAGE, re.MULTILINE | re.DOTALL))
COMMANDS = re.findall(r"^```console\n\$ capgen (.*?)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)


@pytest.fixture(autouse=True)
def _with_the_files_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in FILES.items():
        Path(name).write_text(text, encoding="utf-8")


def values(spec: str) -> dict[str, Any]:
    """Return every effective value in eu-west-1."""
    validated = validate(Path(spec))
    assert validated.model is not None, validated.diagnostics
    region = next(each for each in validated.model.regions if each.values.region == "eu-west-1")
    return {each.name: each.value for each in effective_values(region)}


def test_the_page_has_its_examples() -> None:
    assert list(FILES) == ["base.yaml", "prod.yaml", "dev.yaml"]
    assert len(COMMANDS) >= 3


@pytest.mark.parametrize(("arguments", "output"), COMMANDS, ids=[arguments for arguments, _ in COMMANDS])
def test_a_command_prints_what_the_page_shows(arguments: str, output: str) -> None:
    result = CliRunner().invoke(app, shlex.split(arguments))
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == output


def test_the_table_of_results_is_true() -> None:
    production, development = values("prod.yaml"), values("dev.yaml")
    assert "| | `prod.yaml` in eu-west-1 | `dev.yaml` in eu-west-1 |" in PAGE
    for name in ("access.web_cidrs", "database.instance_class", "database.backup_retention_period"):
        for found, told in zip((production, development), row(name), strict=True):
            assert re.search(rf"(^|\W){re.escape(str(found.get(name, found.get(f'{name}[0]'))))}(\W|$)", told), name
    ports = [[found[f"access.egress[{index}].port"] for index in range(3) if f"access.egress[{index}].port" in found]
             for found in (production, development)]  # fmt: skip
    assert ports == [[443, 587, 8443], [443]]
    assert production["access.egress[1].description"] == "The mail relay of production"
    tags = [sorted(name for name in found if name.startswith("tags.")) for found in (production, development)]
    assert tags == [["tags.cost-centre", "tags.team"], ["tags.team"]]


def row(name: str) -> list[str]:
    (found,) = re.findall(rf"^\| `{re.escape(name)}` \| (.*) \|$", PAGE, re.MULTILINE)
    return str(found).split(" | ")


def test_the_tables_of_keys_and_the_limits_are_those_of_the_code() -> None:
    told = {name: tuple(re.findall(r"`(\w+)`", keys))
            for name, keys in re.findall(r"^\| `([\w.]+)` \| ((?:`\w+`(?:, )?)+) \|$", PAGE, re.MULTILINE)}  # fmt: skip
    assert {".".join(map(str, path)): names for path, names in _merge_keys().items()}.items() <= told.items()
    for limit in (f"at most {MAX_BASES} bases", f"{MAX_CHAIN} in a row", f"{MAX_NODES:,} values"):
        assert limit in PAGE


def test_a_region_takes_back_the_destinations_of_the_top_as_the_page_says() -> None:
    (lines,) = re.findall(r"^```yaml\n(access:\n.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
    region = "".join(f"    {line}\n" for line in lines.splitlines())
    Path("own.yaml").write_text(f"extends: base.yaml\nname: cap-own\nregions:\n  eu-west-1:\n{region}")
    found = values("own.yaml")
    assert found["access.egress[0].description"] in lines
    assert "access.egress[1].cidr" not in found
