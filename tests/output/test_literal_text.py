"""What a user wrote arrives as it was written: no template, no token of the CDK, no key with a meaning of its own.

The spec is compiled, and the real Terraform evaluates the arguments of the root's module calls, and what the modules
make of them. Resources are left out, so that neither provider nor emulator is needed.
"""

import json
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from capgen.pipeline import build
from tests.output.example import example_spec
from tests.output.variants import patched
from tests.terms import TERMS
from tests.terraform.harness import Terraform

ADVERSARIAL = (
    *('${file("/etc/hostname")}', "%{ if true }x%{ endif }", "${var.x}", "${~ x ~}", "%{~ for x in y ~}"),
    *("$${x}", "$$${x}", "$$$${x}", "%%{x}", "%%%{x}", "$%{x}", "%${x}", "$", "$$", "%", "${", "%{", "${$", "}"),
    *("${Token[TOKEN.0]}", "#{Token[TOKEN.1]}", "${TfToken[TOKEN.0]}", "a ${TfToken[TOKEN.1]} b"),
    *("#{TfToken[TOKEN.2]}", "&{TfToken[TOKEN.3]}", "-1.8881545897087626e+289", "<0>", "<1>"),
    *("__proto__", "constructor", "$jsii.byref", "undefined", "jsonencode(1)", "var.x"),
    *('"', "'", "`", "\\", '\\"', "\\n", "\\${x}", '"}', "]]>", "<&>", "*/", "//", "# no comment", "/* no comment */"),
    *("a\nb", "\n", "a\r\nb", "\ta\t", "  a  ", "", " ", "<<EOT\nx\nEOT", "a\x7fb", "a\x00b", "\x1b[31m"),
    *("é ü ß", "日本語", "😀👩‍👩‍👧", "e\u0301", "\u00a0", "\u2028\u2029", "\ufeffbom", "\u202eevil", "\U0010ffff"),
    *('{"a": [1, null, {"b": "${c}"}]}', "[]", "{}", "null", "true", "1", "0x10", "1e3", "no", "~", "- a", "!!x"),
)

TAGS = {key: key for key in ("//", "__proto__", "constructor", "toString", "a.b", "for_each", "@x", "Büro 4/2")}
"""IAM and ECS take few characters in tags, so the rules refuse the rest; these are names that code may trip over."""

HTTPS = "HTTPS to AWS services and the image registry"
DESCRIPTIONS = ("${x}", "$${x}", "#{TfToken[TOKEN.0]}", "//", "a = {b: [1, 2]};", "$$", "@#/*!=&")

PARAMETERS = {"constructor": "${x}", "for_each": "%{ if true }", "a.b": '{"a": "\\"}', "rds.extensions": "a,'b'\n\"c\""}

PIECES = st.one_of(
    st.sampled_from(["$", "{", "}", "%", "\\", '"', "\n", "${", "%{", "$${", "~", "<", ">", "TfToken[TOKEN.", "]"]),
    st.characters(exclude_categories=["Cs"]),
)


def generated() -> list[str]:
    """Return what Hypothesis makes of the signs that have a meaning somewhere on the way, and of any others."""
    texts: list[str] = []

    @settings(max_examples=150, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(st.lists(PIECES, max_size=12).map("".join))
    def collect(text: str) -> None:
        texts.append(text)

    collect()
    return texts


ENVIRONMENT = {f"T{number}": text for number, text in enumerate([*ADVERSARIAL, *generated()])}
COMMAND = ["CMD", *filter(None, ADVERSARIAL)]


@pytest.fixture(scope="module")
def arrived(terraform: Terraform, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Return what Terraform evaluates, by name of the probe."""
    folder = tmp_path_factory.mktemp("literal")
    egress = [{"cidr": "0.0.0.0/0", "port": 1 + port, "description": text} for port, text in enumerate(DESCRIPTIONS)]
    egress.append({"cidr": "0.0.0.0/0", "port": 443, "description": HTTPS})  # the image is pulled over it
    spec = folder / "spec.yaml"
    patch = {
        "agent": {"environment": ENVIRONMENT, "health_check": {"command": COMMAND}},
        "access": {"egress": egress},
        "database": {"parameters": PARAMETERS},
        "tags": TAGS,
    }
    spec.write_text(patched(example_spec(), patch), encoding="utf-8")
    built = build(spec, folder / "out", TERMS)
    assert built.compiled.directory is not None, built.diagnostics
    assert built.ok, (built.diagnostics, built.assessment.findings)
    scratch = folder / "scratch"
    probe(built.compiled.directory, scratch)
    evaluated = terraform.at(scratch)
    evaluated.init().require()
    evaluated.apply().require()
    return evaluated.output()


def probe(compiled: Path, scratch: Path) -> None:
    """Write a root with the same module calls, to modules that hand out what the real ones would make of their values.

    A module that is probed keeps its variables; of the others only the outputs are left, with stand-ins for values.
    """
    called = _read(compiled / "eu-west-1" / "main.tf.json")["module"]
    provider = _read(compiled / "eu-west-1" / "providers.tf.json")["provider"]["aws"][0]
    task = _read(compiled / "modules" / "service" / "main.tf.json")["resource"]["aws_ecs_task_definition"]["this"]
    probes = {
        "service": {"containers": task["container_definitions"]},
        "security": {"egress": "${var.egress}"},
        "database": {"parameters": "${var.parameters}"},
    }
    root: dict[str, Any] = {"module": {}, "output": {"tags": {"value": provider["default_tags"][0]["tags"]}}}
    for component, arguments in called.items():
        outputs = _read(compiled / "modules" / component / "outputs.tf.json")["output"]
        stand_ins = {name: ["stand-in"] if name.endswith("_ids") else "stand-in" for name in outputs}
        module: dict[str, Any] = {"output": {name: {"value": value} for name, value in stand_ins.items()}}
        root["module"][component] = {"source": f"./{component}"}
        if component in probes:
            root["module"][component] = {**arguments, "source": f"./{component}"}
            module |= _read(compiled / "modules" / component / "variables.tf.json")
            module["output"] |= {name: {"value": value} for name, value in probes[component].items()}
            root["output"] |= {name: {"value": f"${{module.{component}.{name}}}"} for name in probes[component]}
        _write(scratch / component, module)
    _write(scratch, root)


def _read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def _write(folder: Path, document: Mapping[str, Any]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "main.tf.json").write_text(json.dumps(document), encoding="utf-8")


def composed(text: str) -> str:
    """Return the text as Terraform keeps it, which has all its strings in Unicode's normal form C."""
    return unicodedata.normalize("NFC", text)


def test_environment_variables_arrive_unchanged(arrived: dict[str, Any]) -> None:
    (container,) = json.loads(arrived["containers"])
    found = {variable["name"]: variable["value"] for variable in container["environment"]}
    assert {name: found[name] for name in ENVIRONMENT} == {name: composed(text) for name, text in ENVIRONMENT.items()}


def test_the_health_check_command_arrives_unchanged(arrived: dict[str, Any]) -> None:
    (container,) = json.loads(arrived["containers"])
    assert container["healthCheck"]["command"] == [composed(text) for text in COMMAND]


def test_tags_arrive_unchanged(arrived: dict[str, Any]) -> None:
    assert arrived["tags"] == {composed(key): composed(value) for key, value in TAGS.items()}


def test_descriptions_of_egress_arrive_unchanged(arrived: dict[str, Any]) -> None:
    rules = sorted(arrived["egress"].values(), key=lambda rule: rule["port"])
    assert [rule["description"] for rule in rules] == [*DESCRIPTIONS, HTTPS]


def test_database_parameters_arrive_unchanged(arrived: dict[str, Any]) -> None:
    assert {name: arrived["parameters"][name] for name in PARAMETERS} == PARAMETERS
