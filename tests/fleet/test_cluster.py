"""The same work on a Dask cluster of two workers that see nothing of this machine's working directory."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from capgen.assess import Terms
from capgen.cli.main import app
from capgen.fleet import cluster
from capgen.fleet.cluster import ClusterError, cluster_runner
from capgen.fleet.task import Verb
from tests.fleet.specs import edit, run, statuses, write_spec
from tests.fleet.test_unchanged import told
from tests.output.example import tree
from tests.terms import TERMS, TODAY

distributed: Any = pytest.importorskip("distributed", reason="Dask is not installed: pip install '.[dask]'")

pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("default")]


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start two workers in a folder of their own, and return the address of their scheduler."""
    with (
        distributed.LocalCluster(n_workers=2, threads_per_worker=2, dashboard_address=None, host="127.0.0.1") as local,
        distributed.Client(local, set_as_default=False) as client,
    ):
        elsewhere = str(tmp_path_factory.mktemp("elsewhere"))
        client.run(os.chdir, elsewhere)
        yield local.scheduler_address
        assert list(Path(elsewhere).iterdir()) == []


@pytest.fixture
def specs(here: Path) -> Path:
    """Return a folder with three specs, one of which has a base, and one of which is broken."""
    write_spec(here / "specs/a.yaml", "cap-a")
    edit(write_spec(here / "specs/base.yaml", "x"), '"name": "x"\n', "")
    (here / "specs/b.yaml").write_text("extends: base.yaml\nname: cap-b\n")
    write_spec(here / "specs/c.yaml", "cap-c", access={"management_cidrs": ["10.0.0.5/8"]})
    return here


def test_a_cluster_builds_what_this_machine_builds(specs: Path, scheduler: str) -> None:
    found = run(specs, verb=Verb.BUILD, terms=TERMS, runner=cluster_runner(scheduler))
    assert statuses(found) == {"cap-a": "built", "cap-b": "built", "cap-c": "failed"}
    output = tree(specs / "out")
    again = run(specs, verb=Verb.BUILD, terms=TERMS)
    assert statuses(again) == {"cap-a": "unchanged", "cap-b": "unchanged", "cap-c": "failed"}
    local = run(specs, verb=Verb.BUILD, terms=TERMS, force=True)
    assert tree(specs / "out") == output
    assert told(found) == told(again) == told(local)


def test_what_lies_beside_an_output_and_the_users_checks_are_judged_there_too(specs: Path, scheduler: str) -> None:
    run(specs, verb=Verb.BUILD, terms=TERMS)
    (specs / "out/cap-a/eu-west-1/open.tf.json").write_text('{"resource": {"aws_s3_bucket": {"open": {}}}}')
    (specs / "out/cap-a/eu-west-1/terraform.tfstate").write_text("{}")
    (specs / "policies").mkdir()
    (specs / "policies/named.yaml").write_text(
        "metadata: {id: OURS_1, name: Buckets have our prefix, category: GENERAL_SECURITY, severity: high}\n"
        "definition: {cond_type: attribute, resource_types: [aws_s3_bucket], attribute: bucket, operator: exists}\n"
    )
    edit(specs / "specs/a.yaml", "cap-agent:1.0.0", "cap-agent:1.1.0")
    terms = Terms(today=TODAY, policies=specs / "policies")
    found = run(specs, verb=Verb.BUILD, terms=terms, runner=cluster_runner(scheduler))
    assert statuses(found)["cap-a"] == "built"
    assert (specs / "out/cap-a/eu-west-1/terraform.tfstate").is_file()
    local = run(specs, verb=Verb.BUILD, terms=terms, force=True)
    assert told(found) == told(local)
    assert found.assessment is not None
    assert "OURS_1" in {finding.check for finding in found.assessment.findings}


def test_a_worker_with_another_capgen_is_not_believed(
    specs: Path, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster, "compiler_digest", lambda: "another")
    found = run(specs, runner=cluster_runner(scheduler))
    assert {each.rule for each in found.all_diagnostics} >= {"fleet-other-capgen"}
    assert not (specs / "out").exists()


def test_the_command_takes_the_address(specs: Path, scheduler: str) -> None:
    built = CliRunner().invoke(app, ["compile", "specs", "--executor", "dask", "--scheduler", scheduler])
    assert built.exit_code == 1
    assert "3 deployments: 2 built, 0 unchanged, 1 failed" in built.stdout
    assert sorted(path.name for path in (specs / "out").iterdir()) == ["cap-a", "cap-b"]


def test_a_scheduler_that_is_not_there_is_a_wrong_call(specs: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "_SECONDS", 1)
    with pytest.raises(ClusterError, match="no scheduler"):
        cluster_runner("tcp://127.0.0.1:9")
    for address in ("here", "", "http://127.0.0.1:9", "tcp://127.0.0.1"):
        with pytest.raises(ClusterError, match="no address"):
            cluster_runner(address)
    alone = CliRunner().invoke(app, ["compile", "specs", "--executor", "dask"])
    assert alone.exit_code == 2
    assert specs.is_dir()
