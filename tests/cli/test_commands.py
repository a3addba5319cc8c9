"""The commands as a pipeline sees them: exit codes, what goes to which stream, what is left on disk."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from capgen import __version__
from capgen.cli.main import app
from capgen.resources import blueprints_dir
from tests.output.example import example_spec, tree
from tests.terms import TODAY

PARAMETERS = {
    "VpcId": "vpc-0a1b2c3d4e5f60718",
    "SubnetIds": "subnet-0a1b2c3d4e5f60718,subnet-0f1e2d3c4b5a69788",
    "WebAccessCidr": "0.0.0.0/0",
    "ManagementCidr": "10.0.0.5/32",
    "DatabaseAccessCidr": "127.0.0.1/32",
    "DBName": "aispark",
    "AgentName": "Agent",
    "Image": "709825985650.dkr.ecr.us-east-1.amazonaws.com/tomorrowx/cap-agent:1.0.0",
}


@pytest.fixture(autouse=True)
def _in_an_empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def capgen(*arguments: str) -> Result:
    """Run a command; one that judges does so for a fixed day."""
    today = ("--today", str(TODAY)) if arguments[0] in ("build", "scan") else ()
    return CliRunner().invoke(app, [*arguments, *today])


def init(*more: str, **changed: str) -> Result:
    settings = [part for name, value in {**PARAMETERS, **changed}.items() for part in ("--set", f"{name}={value}")]
    return capgen("init", "cap-fullstack", "--name", "cap-production", "--region", "eu-west-1", *settings, *more)


def test_version_and_schema_print_data() -> None:
    assert capgen("version").stdout.startswith(f"capgen {__version__}\n")
    for option in ("--version", "-V"):
        told = capgen(option)
        assert (told.exit_code, told.stdout) == (0, f"capgen {__version__}\n")
    assert json.loads(capgen("version", "--format", "json").stdout)["capgen"] == __version__
    assert json.loads(capgen("schema").stdout)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_a_wrong_call_exits_with_2() -> None:
    assert capgen("frobnicate").exit_code == 2
    assert capgen("validate").exit_code == 2
    assert capgen("validate", "a.yaml", "--format", "xml").exit_code == 2


def test_init_writes_the_guides_spec_and_says_where() -> None:
    made = init()
    assert (made.exit_code, made.stdout) == (0, "cap-production.yaml\n")
    assert Path("cap-production.yaml").read_text() == example_spec()
    assert Path(".capgen/deployment.schema.json").is_file()


def test_init_takes_a_cloudformation_parameter_file() -> None:
    pairs = [{"ParameterKey": key, "ParameterValue": value} for key, value in PARAMETERS.items()]
    Path("parameters.json").write_text(json.dumps(pairs))
    made = capgen(
        "init", "cap-fullstack", "--name", "cap-production", "--region", "eu-west-1", "--parameters", "parameters.json"
    )
    assert made.exit_code == 0, made.stderr
    assert Path("cap-production.yaml").read_text() == example_spec()


def test_init_leaves_an_existing_spec_alone_unless_forced() -> None:
    Path("cap-production.yaml").write_text("mine")
    refused = init()
    assert refused.exit_code == 1
    assert "--force" in refused.stderr
    assert Path("cap-production.yaml").read_text() == "mine"
    assert init("--force").exit_code == 0


def test_init_refuses_the_password_and_does_not_repeat_it() -> None:
    refused = init(DBPassword="hunter2hunter2")
    assert refused.exit_code == 1
    assert "TF_VAR_database_password" in refused.stderr
    assert "hunter2hunter2" not in refused.output
    assert not Path("cap-production.yaml").exists()


def test_init_writes_no_spec_that_would_not_validate() -> None:
    refused = init("--format", "json", "--region", "eu-west-9")
    assert refused.exit_code == 1
    result = json.loads(refused.stdout)
    assert (result["ok"], [found["rule"] for found in result["diagnostics"]]) == (False, ["deployment-known-region"])
    assert not Path("cap-production.yaml").exists()
    assert json.loads(init("--format", "json").stdout)["spec"] == "cap-production.yaml"


def test_a_module_is_not_judged_as_a_root() -> None:
    Path("spec.yaml").write_text(example_spec())
    assert capgen("compile", "spec.yaml").exit_code == 0
    refused = capgen("scan", "out/cap-production/modules/database")
    assert refused.exit_code == 1
    assert "scan the root" in refused.stderr


def test_validate_names_every_problem_at_its_line() -> None:
    text = example_spec().replace("subnet_ids:", "subnets:").replace("10.0.0.5/32", "10.0.0.5/24")
    Path("bad.yaml").write_text(text)
    refused = capgen("validate", "bad.yaml")
    assert (refused.exit_code, refused.stdout) == (1, "")
    assert 'unknown key "subnets"' in refused.stderr
    found = json.loads(capgen("validate", "bad.yaml", "--format", "json").stdout)
    assert found["ok"] is False
    first = found["diagnostics"][0]
    assert text.splitlines()[first["line"] - 1].strip() == "subnets:"
    assert 'did you mean "subnet_ids"?' in first["hint"]


def test_validate_of_a_good_spec_says_so_on_standard_output() -> None:
    Path("good.yaml").write_text(example_spec())
    good = capgen("validate", "good.yaml")
    assert (good.exit_code, good.stdout, good.stderr) == (0, "good.yaml: valid, cap-production in eu-west-1\n", "")


def test_a_spec_that_is_not_there_is_the_inputs_fault() -> None:
    refused = capgen("build", "none.yaml")
    assert refused.exit_code == 1
    assert "cannot read none.yaml" in refused.stderr


def test_build_of_bad_input_leaves_the_output_untouched() -> None:
    Path("spec.yaml").write_text(example_spec())
    assert capgen("compile", "spec.yaml").exit_code == 0
    before = tree(Path("out"))
    Path("spec.yaml").write_text(example_spec().replace("0.0.0.0/0", "0.0.0.1/0"))
    assert capgen("build", "spec.yaml").exit_code == 1
    assert tree(Path("out")) == before


def test_build_fails_on_a_finding_and_names_its_line_and_fix() -> None:
    text = example_spec().replace("check: CKV_AWS_260", "check: CKV_AWS_999")
    Path("spec.yaml").write_text(text)
    built = capgen("build", "spec.yaml", "--format", "json")
    assert built.exit_code == 1
    result = json.loads(built.stdout)
    (finding,) = result["regions"][0]["findings"]
    assert (finding["check"], finding["severity"]) == ("CKV_AWS_260", "medium")
    assert finding["address"] == 'module.security.aws_vpc_security_group_ingress_rule.web_http["0.0.0.0/0"]'
    assert finding["file"] == "modules/security/main.tf.json"
    line = (Path("out/cap-production") / finding["file"]).read_text().splitlines()[finding["line"] - 1]
    assert '"from_port": 80' in line
    assert "web_cidrs" in text.splitlines()[finding["spec"]["line"] - 1]
    assert finding["fix"]
    shown = capgen("build", "spec.yaml")
    assert (shown.exit_code, "CKV_AWS_260" in shown.stdout) == (1, True)


def test_scan_judges_a_tree_as_build_did(tmp_path: Path) -> None:
    Path("spec.yaml").write_text(example_spec())
    built = json.loads(capgen("build", "spec.yaml", "--format", "json").stdout)
    scanned = json.loads(capgen("scan", "out", "--format", "json").stdout)
    assert (built["ok"], scanned["ok"]) == (True, True)
    assert scanned["regions"][0]["passed"] == built["regions"][0]["passed"]
    database = tmp_path / "out/cap-production/modules/database/main.tf.json"
    database.write_text(database.read_text().replace('"storage_encrypted": true', '"storage_encrypted": false'))
    broken = capgen("scan", "out/cap-production", "--spec", "spec.yaml", "--format", "json")
    assert broken.exit_code == 1
    (region,) = json.loads(broken.stdout)["regions"]
    assert [finding["check"] for finding in region["findings"]] == ["CKV_AWS_16"]


def test_an_output_directory_that_is_not_ours_is_left_alone() -> None:
    Path("spec.yaml").write_text(example_spec())
    Path("out/cap-production").mkdir(parents=True)
    Path("out/cap-production/precious.txt").write_text("mine")
    refused = capgen("compile", "spec.yaml")
    assert refused.exit_code == 1
    assert "manifest.json" in refused.stderr
    assert sorted(tree(Path("out"))) == ["cap-production/precious.txt"]


def test_the_example_parameters_are_the_blueprints_own() -> None:
    made = capgen("init", "cap-fullstack", "--parameters", str(blueprints_dir() / "cap-fullstack" / "example.yaml"))
    assert made.exit_code == 0, made.stderr
    assert Path("cap-production.yaml").read_text() == example_spec()
