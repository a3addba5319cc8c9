"""The ways in which a scan can fail silently, each reproduced and shown closed."""

import io
import json
import logging
import os
import socket
import subprocess
import sys
import threading
import warnings
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from capgen.assess import assess_tree
from capgen.evaluate.flatten import Flattened, flatten
from capgen.evaluate.tree import Tree
from capgen.scan import engine, warm_up
from capgen.scan.attribute_checks import forget
from capgen.scan.definitions import to_definitions
from capgen.scan.runner import run
from capgen.scan.verdict import IncompleteScanError, Verdict
from tests.terms import TERMS
from tests.trees.edit import edit_json

ROOT = "eu-west-1/main.tf.json"


def read(deployment: Path) -> Flattened:
    tree = Tree(base=deployment, boundary=deployment)
    return flatten(tree.directory(deployment / "eu-west-1"), tree)


def verdict(deployment: Path, check: str, block: str) -> bool | None:
    found = [one.passed for one in run(read(deployment)) if (one.check, one.block) == (check, block)]
    assert found, f"{check} did not judge {block}"
    return found[0]


@pytest.fixture
def parts() -> engine.Engine:
    return engine.load()


# 1. terraform.required_version, moved, import: checkov's JSON runner drops the file, with no check and exit code 0.


def test_files_with_required_version_are_judged(rich_copy: Path) -> None:
    expected = run(read(rich_copy))
    main = rich_copy / "modules/database/main.tf.json"
    document = json.loads(main.read_text())
    document["terraform"] = {"required_version": ">= 1.11"}
    main.write_text(json.dumps(document))
    (rich_copy / "modules/database/versions.tf.json").unlink()
    assert run(read(rich_copy)) == expected


def test_every_resource_is_judged(rich: Path, parts: engine.Engine) -> None:
    flattened = read(rich)
    judged = {one.block for one in run(flattened)}
    unjudged = {type for type, name in flattened.resources if f"{type}.{name}" not in judged}
    assert len(flattened.resources) == 56
    assert [type for type in unjudged if parts.registries["resource"].get_checks(type)] == []


def test_a_block_that_checkov_does_not_see_is_an_error(
    rich: Path, parts: engine.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    add = parts.module._add_data
    monkeypatch.setitem(
        parts.module._block_type_to_func, "data", lambda module, blocks, path: add(module, blocks[1:], path)
    )
    with pytest.raises(IncompleteScanError, match=r"checkov saw 59 of 60 blocks, and not data\.aws_"):
        run(read(rich))


# 2. A value that came through a module's argument yields neither pass nor fail.


@pytest.mark.parametrize(
    ("argument", "flawed", "check", "block"),
    [
        ("database/multi_az", False, "CKV_AWS_157", "aws_db_instance.database__this"),
        ("database/deletion_protection", False, "CKV_AWS_293", "aws_db_instance.database__this"),
        ("database/retention", 0, "CKV_AWS_133", "aws_db_instance.database__this"),
        ("load_balancer/deletion_protection", False, "CKV_AWS_150", "aws_lb.load_balancer__this"),
        ("logs/days", 1, "CKV_AWS_338", "aws_cloudwatch_log_group.logs__service"),
        ("logs/key_arn", None, "CKV_AWS_158", "aws_cloudwatch_log_group.logs__service"),
        ("storage/key_arn", None, "CKV_AWS_184", "aws_efs_file_system.storage__this"),
        ("security/web_cidrs", ["0.0.0.0/0"], "CKV_AWS_260",
         "aws_vpc_security_group_ingress_rule.security__redirect__0"),
        ("service/snapshot_resources", ["*"], "CKV_AWS_355", "aws_iam_role_policy.service__task"),
    ],
)  # fmt: skip
def test_module_arguments_are_judged(rich_copy: Path, argument: str, flawed: Any, check: str, block: str) -> None:
    sound = {"multi_az": True, "days": 365, "web_cidrs": ["198.51.100.0/24"]}
    name = argument.split("/")[1]
    if name in sound:
        edit_json(rich_copy / ROOT, f"module/{argument}", sound[name])
    assert verdict(rich_copy, check, block) is True
    edit_json(rich_copy / ROOT, f"module/{argument}", flawed)
    assert verdict(rich_copy, check, block) is False


# 3. A policy that checkov cannot read is passed over.


def test_policies_with_encoded_variables_are_judged(rich: Path) -> None:
    for check in ("CKV_AWS_286", "CKV_AWS_287", "CKV_AWS_288", "CKV_AWS_289", "CKV_AWS_290", "CKV_AWS_355"):
        assert verdict(rich, check, "aws_iam_role_policy.service__task") is True


def test_a_policy_that_is_not_json_is_an_error(rich_copy: Path) -> None:
    edit_json(rich_copy / "modules/service/main.tf.json", "resource/aws_iam_role_policy/task/policy", '{"Statement":[}')
    with pytest.raises(IncompleteScanError, match=r"aws_iam_role_policy\.service__task: the JSON text of policy"):
        run(read(rich_copy))
    (region,) = assess_tree(rich_copy, terms=TERMS).regions
    assert [(d.rule, d.severity) for d in region.diagnostics] == [("scan-incomplete", "error")]
    assert (region.judged, region.findings, region.passed) == (False, (), ())


# 4. checkov's cache of policies lives in a class, keyed by file and name: later scans judge earlier policies.


def test_ten_scans_in_one_process_are_equal(rich: Path, small: Path) -> None:
    first = run(read(rich))
    for _ in range(4):
        run(read(small))
        assert run(read(rich)) == first


def test_a_changed_policy_is_judged_anew(rich_copy: Path, parts: engine.Engine) -> None:
    block = "aws_iam_role_policy.service__task"
    forget()  # or nothing would be judged, and the cache stay empty
    assert verdict(rich_copy, "CKV_AWS_355", block) is True
    assert parts.policy_cache, "the cache that this test is about is gone"
    edit_json(rich_copy / ROOT, "module/service/snapshot_resources", ["*"])
    assert verdict(rich_copy, "CKV_AWS_355", block) is False


# 5. The order of results varies with the hash seed and with the file system.


def test_verdicts_are_sorted(rich: Path) -> None:
    verdicts = run(read(rich))
    assert verdicts == sorted(verdicts, key=lambda one: (one.block, one.check))
    assert len({(one.check, one.block) for one in verdicts}) == len(verdicts)


@pytest.mark.slow
def test_ten_scans_in_one_process_equal_ten_fresh_ones(rich: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from tests.scan.test_runner import told\n"
        "sys.stdout.write(told(Path(sys.argv[1])))"
    )

    def fresh(seed: int) -> str:
        environment = {**os.environ, "PYTHONHASHSEED": str(seed)}
        command = [sys.executable, "-c", program, str(rich)]
        return subprocess.run(command, env=environment, cwd=Path(__file__).parents[2],
                              capture_output=True, text=True, check=True).stdout  # fmt: skip

    with ThreadPoolExecutor(2) as pool:
        outputs = {*pool.map(fresh, range(10)), *(told(rich) for _ in range(10))}
    assert len(outputs) == 1
    assert {"CKV_AWS_157", "CAPGEN_14"} <= {finding["check"] for finding in json.loads(outputs.pop())["findings"]}


def told(deployment: Path) -> str:
    """Return everything that is said of a deployment, in the order in which it is said."""
    assessment = assess_tree(deployment, terms=TERMS)
    assert all(region.judged for region in assessment.regions), assessment.diagnostics
    passed = [vars(each) for region in assessment.regions for each in region.passed]
    return json.dumps({"findings": [finding.to_json() for finding in assessment.findings], "passed": passed})


# 6. A check that raises is logged and forgotten; one in a thread pool is not even logged.


def test_a_check_that_raises_is_an_error(rich: Path, parts: engine.Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    (check,) = (one for one in parts.registries["resource"].get_checks("aws_lb") if one.id == "CKV_AWS_150")
    monkeypatch.setattr(check, "scan_resource_conf", lambda _: 1 / 0)
    forget()
    with pytest.raises(
        IncompleteScanError, match=r"CKV_AWS_150 on aws_lb\.load_balancer__this failed: ZeroDivisionError"
    ):
        run(read(rich))


def test_a_graph_check_that_raises_is_an_error(
    rich: Path, parts: engine.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts.executor_users[0].BaseAttributeSolver, "_process_node", lambda *_: 1 / 0)
    with pytest.raises(IncompleteScanError, match=r"CKV2?_\w+ failed: ZeroDivisionError"):
        run(read(rich))


# 7. A user's text is data.


@pytest.mark.parametrize(
    "text", ["22 - 8", "[1, 2]", "true ? 1 : 2", "a,,b", '${file("/etc/hostname")}', 'a\\\\b\\n"c"']
)
def test_a_users_text_reaches_the_checks_as_it_is(small_copy: Path, text: str) -> None:
    escaped = text.replace("${", "$${")
    edit_json(small_copy / ROOT, "module/network/name", escaped)
    (vpc,) = (block["aws_vpc"] for block in to_definitions(read(small_copy))["resource"] if "aws_vpc" in block)
    assert vpc["network__this"]["tags"] == [{"Name": escaped}]
    assert run(read(small_copy))


def test_checkovs_own_evaluator_would_have_changed_nothing_else(
    rich: Path, parts: engine.Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = stock(run(read(rich)))
    build = parts.graph.build_graph
    monkeypatch.setattr(parts.graph, "build_graph", lambda graph, render_variables: build(graph, not render_variables))
    assert stock(run(read(rich))) == ours


def stock(verdicts: list[Verdict]) -> list[Verdict]:
    """Return what checkov's own checks say. That evaluator takes away the `${}` by which policies know a reference."""
    return [one for one in verdicts if not one.check.startswith("CAPGEN_")]


# Nothing of checkov leaks into the process, and nothing of the process into checkov.


@pytest.fixture
def no_network(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    calls: list[Any] = []
    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, lambda *call: calls.append(call), raising=True)
    monkeypatch.setattr(socket, "getaddrinfo", lambda *call, **_: calls.append(call))
    return calls


def test_no_network(rich: Path, no_network: list[Any]) -> None:
    warm_up()
    run(read(rich))
    assert no_network == []


@pytest.mark.slow
def test_the_import_makes_no_connection_and_leaves_no_trace(rich: Path) -> None:
    program = """
import logging, os, socket, sys, warnings
from pathlib import Path
class Refused(Exception): pass
def refuse(*_, **__): raise Refused
socket.socket.connect = socket.socket.connect_ex = socket.socket.sendto = socket.getaddrinfo = refuse
before = lambda: (sys.stdout, sys.stderr, list(logging.root.handlers), logging.root.level, list(logging.root.filters),
                  dict(os.environ), list(warnings.filters), list(sys.path), sys.excepthook)
state = before()
from datetime import date
from capgen.assess import Terms, assess_tree
from capgen.scan import warm_up
warm_up()
(region,) = assess_tree(Path(sys.argv[1]), terms=Terms(today=date(2026, 11, 23))).regions
assert [a == b for a, b in zip(state, before())] == [True] * len(state), (state, before())
assert len(region.passed) > 100
"""
    hostile = {"CHECKOV_CHECK_FAIL_LEVEL": "IGNORE", "CHECKOV_GRAPH_FRAMEWORK": "NETWORKX", "LOG_LEVEL": "DEBUG",
               "BC_API_KEY": "x", "CKV_IGNORE_HIDDEN_DIRECTORIES": "false", "CHECKOV_RENDER_MAX_LEN": "1"}  # fmt: skip
    done = subprocess.run([sys.executable, "-c", program, str(rich)], env={**os.environ, **hostile},
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_a_scan_leaves_the_process_as_it_was(rich: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHECKOV_RENDER_MAX_LEN", "77")
    output = io.StringIO()
    monkeypatch.setattr(sys, "stdout", output)
    state = (list(logging.root.handlers), logging.root.level, dict(os.environ), list(warnings.filters))
    run(read(rich))
    assert state == (list(logging.root.handlers), logging.root.level, dict(os.environ), list(warnings.filters))
    assert sys.stdout is output
    assert output.getvalue() == ""


def test_scans_in_two_threads_do_not_disturb_each_other(rich: Path, small: Path) -> None:
    expected = {path: run(read(path)) for path in (rich, small)}
    results: dict[Path, list[Verdict]] = {}
    threads = [
        threading.Thread(target=lambda path=path: results.update({path: run(read(path))})) for path in (rich, small)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == expected
