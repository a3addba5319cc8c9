"""The helper script, run for real by a POSIX shell, with a stand-in for the AWS CLI on PATH."""

import hashlib
import io
import json
import os
import shutil
import subprocess
import sys
import tarfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from capgen.components.snapshots.files import files
from capgen.components.snapshots.plan import Shape

SCRIPT = files(Shape(bucket_named=False, customer_managed_key=True, publisher="object"))["scripts/cap-snapshot.sh"]
BUCKET = "cap-production-snapshots-0a1b2c3d"
AWS = '''#!{python}
"""Keeps objects below $STORE, one file per key, with the metadata beside it, and answers as `aws s3api` does."""
import json, os, pathlib, sys
command, *rest = sys.argv[2:]
assert sys.argv[1] == "s3api", sys.argv
options = {{}}
while rest and rest[0].startswith("--"):
    options[rest[0]], rest = rest[1], rest[2:]
store = pathlib.Path(os.environ["STORE"]) / options["--bucket"]
log = pathlib.Path(os.environ["STORE"]) / "calls"
log.open("a").write(command + "\\n")
if not store.is_dir():
    sys.exit("An error occurred (NoSuchBucket)")
if command == "put-object":
    target = store / options["--key"]
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(pathlib.Path(options["--body"]).read_bytes())
    metadata = dict(pair.split("=", 1) for pair in options["--metadata"].split(","))
    target.with_name(target.name + ".json").write_text(json.dumps(metadata))
    print("version-1")
elif command == "get-object":
    target = store / options["--key"]
    if not target.is_file():
        sys.exit("An error occurred (NoSuchKey)")
    pathlib.Path(rest[0]).write_bytes(target.read_bytes())
    metadata = target.with_name(target.name + ".json")
    print(json.loads(metadata.read_text())["sha256"] if metadata.is_file() else "None")
elif command == "list-objects-v2":
    found = (path for path in store.rglob("*") if path.is_file() and path.suffix != ".json")
    keys = [key for key in sorted(str(path.relative_to(store)) for path in found)
            if key.startswith(options["--prefix"])]
    print("\\n".join("2026-01-31T00:00:00+00:00\\t1\\t" + key for key in keys) or "None")
else:
    sys.exit("unknown command " + command)
'''


@dataclass(frozen=True)
class Bench:
    """A home directory, a bucket, and the script."""

    folder: Path

    @property
    def home(self) -> Path:
        return self.folder / "home"

    @property
    def agent(self) -> Path:
        return self.home / "Agent"

    @property
    def bucket(self) -> Path:
        return self.folder / "store" / BUCKET

    def run(self, *arguments: str, path: str | None = None, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {
            "PATH": path or f"{self.folder / 'bin'}:{os.environ['PATH']}",
            "STORE": str(self.folder / "store"),
            "TMPDIR": str(self.folder / "tmp"),
            "CAP_HOME": str(self.home),
            "CAP_AGENT_NAME": "Agent",
            "CAP_SNAPSHOT_BUCKET": BUCKET,
            "CAP_SNAPSHOT_PREFIX": "snapshots/",
            **variables,
        }
        sh = shutil.which("sh")
        assert sh is not None
        command = [sh, str(self.folder / "cap-snapshot.sh"), *arguments]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False, timeout=60)

    def captured(self) -> str:
        result = self.run("capture")
        assert result.returncode == 0, result.stderr
        return result.stdout.strip()

    def put(self, key: str, members: dict[str, bytes], digest: str | None = None) -> None:
        """Put an archive of someone else's making into the bucket."""
        buffer = io.BytesIO()
        with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
            for name, content in members.items():
                entry = tarfile.TarInfo(name)
                entry.size = len(content)
                archive.addfile(entry, io.BytesIO(content))
        target = self.bucket / key
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(buffer.getvalue())
        sha256 = digest or hashlib.sha256(buffer.getvalue()).hexdigest()
        target.with_name(target.name + ".json").write_text(json.dumps({"sha256": sha256}), encoding="utf-8")

    def tidy(self) -> bool:
        """Say whether no archive is left lying about: it holds keys."""
        return not list((self.folder / "tmp").iterdir()) and not list(self.home.glob(".cap-snapshot.*"))


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    bench = Bench(tmp_path)
    for folder in ("bin", "tmp", "home/Agent/keys", f"store/{BUCKET}"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "cap-snapshot.sh").write_bytes(SCRIPT)
    aws = tmp_path / "bin" / "aws"
    aws.write_text(AWS.format(python=sys.executable), encoding="utf-8")
    aws.chmod(0o755)
    (bench.agent / "configuration.xml").write_text("configuration 1", encoding="utf-8")
    key = bench.agent / "keys" / "master.key"
    key.write_text("key 1", encoding="utf-8")
    key.chmod(0o600)
    return bench


def test_a_snapshot_is_the_agents_whole_directory(bench: Bench) -> None:
    key = bench.captured()
    assert key.startswith("snapshots/Agent/Agent-20")
    with tarfile.open(bench.bucket / key) as archive:
        assert {"Agent/configuration.xml", "Agent/keys/master.key"} <= set(archive.getnames())
    metadata = json.loads((bench.bucket / f"{key}.json").read_text(encoding="utf-8"))
    digest = hashlib.sha256((bench.bucket / key).read_bytes()).hexdigest()
    assert metadata == {"agent": "Agent", "sha256": digest}
    assert bench.tidy()


def test_restoring_replaces_configuration_and_keys_as_a_pair(bench: Bench) -> None:
    key = bench.captured()
    (bench.agent / "configuration.xml").write_text("configuration 2", encoding="utf-8")
    (bench.agent / "keys" / "other.key").write_text("key 2", encoding="utf-8")
    result = bench.run("restore", key)
    assert result.returncode == 0, result.stderr
    assert result.stdout == f"{bench.agent}\n"
    assert (bench.agent / "configuration.xml").read_text(encoding="utf-8") == "configuration 1"
    assert [path.name for path in (bench.agent / "keys").iterdir()] == ["master.key"]
    assert (bench.agent / "keys" / "master.key").stat().st_mode & 0o777 == 0o600
    (before,) = bench.home.glob("Agent.before-*")
    assert (before / "configuration.xml").read_text(encoding="utf-8") == "configuration 2"
    assert bench.tidy()


def test_restoring_where_there_is_nothing_yet(bench: Bench) -> None:
    key = bench.captured()
    shutil.rmtree(bench.agent)
    assert bench.run("restore", key).returncode == 0
    assert (bench.agent / "keys" / "master.key").is_file()
    assert not list(bench.home.glob("Agent.before-*"))


def test_promoting_puts_the_same_archive_under_the_gold_key(bench: Bench) -> None:
    key = bench.captured()
    result = bench.run("promote", key, "snapshots/gold.tar.gz")
    assert (result.returncode, result.stdout) == (0, "snapshots/gold.tar.gz\n")
    assert "gold_master_key" in result.stderr
    assert (bench.bucket / "snapshots/gold.tar.gz").read_bytes() == (bench.bucket / key).read_bytes()
    assert bench.run("restore", "snapshots/gold.tar.gz").returncode == 0
    assert bench.tidy()


def test_listing_shows_the_agents_snapshots(bench: Bench) -> None:
    empty = bench.run("list")
    assert (empty.returncode, empty.stdout) == (0, "")
    assert "no snapshot" in empty.stderr
    key = bench.captured()
    bench.put("snapshots/Other/Other-1.tar.gz", {"Other/x": b""})
    assert [line.split("\t")[2] for line in bench.run("list").stdout.splitlines()] == [key]


def test_options_go_before_the_environment(bench: Bench) -> None:
    shutil.move(bench.agent, bench.home / "Other")
    result = bench.run(
        "capture", "-a", "Other", "-p", "", "-b", BUCKET, "-d", str(bench.home), CAP_SNAPSHOT_BUCKET="no"
    )
    assert result.returncode == 0, result.stderr
    assert result.stdout.startswith("Other/Other-20")


@pytest.mark.parametrize("command", ["restore", "promote"])
@pytest.mark.parametrize(
    ("members", "digest", "complaint"),
    [
        ({"Agent/x": b"1"}, "0" * 64, "is damaged"),
        ({"Other/x": b"1"}, None, "another agent"),
        ({"Agent/../../x": b"1"}, None, "outside Agent/"),
        ({"Agent/x": b"1", "/etc/x": b"1"}, None, "another agent"),
        ({}, None, "is empty"),
    ],
)
def test_what_is_no_snapshot_of_this_agent_is_left_alone(
    bench: Bench, command: str, members: dict[str, bytes], digest: str | None, complaint: str
) -> None:
    bench.put("snapshots/odd.tar.gz", members, digest)
    gold = ["snapshots/gold.tar.gz"] if command == "promote" else []
    result = bench.run(command, "snapshots/odd.tar.gz", *gold)
    assert result.returncode == 1
    assert complaint in result.stderr
    assert (bench.agent / "configuration.xml").read_text(encoding="utf-8") == "configuration 1"
    assert not (bench.bucket / "snapshots/gold.tar.gz").exists()
    assert bench.tidy()


def test_an_archive_without_a_digest_is_not_restored(bench: Bench) -> None:
    bench.put("snapshots/odd.tar.gz", {"Agent/x": b"1"})
    (bench.bucket / "snapshots/odd.tar.gz.json").unlink()
    result = bench.run("restore", "snapshots/odd.tar.gz")
    assert (result.returncode, "no digest" in result.stderr) == (1, True)


def test_a_missing_snapshot_changes_nothing(bench: Bench) -> None:
    result = bench.run("restore", "snapshots/none.tar.gz")
    assert (result.returncode, "cannot download" in result.stderr) == (1, True)
    assert (bench.agent / "keys" / "master.key").is_file()
    assert bench.tidy()


def test_nothing_is_captured_of_a_directory_that_is_not_the_real_one(bench: Bench) -> None:
    shutil.move(bench.agent, bench.folder / "elsewhere")
    assert "there is no directory" in bench.run("capture").stderr
    bench.agent.symlink_to(bench.folder / "elsewhere")
    assert "symbolic link" in bench.run("capture").stderr
    bench.agent.unlink()
    bench.agent.mkdir()
    result = bench.run("capture")
    assert (result.returncode, "is empty" in result.stderr) == (1, True)
    assert not (bench.folder / "store" / "calls").exists()


def test_a_failed_upload_is_told(bench: Bench) -> None:
    result = bench.run("capture", "-b", "missing")
    assert (result.returncode, result.stdout) == (1, "")
    assert "cannot upload" in result.stderr
    assert bench.tidy()


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        ([], "a command is missing"),
        (["destroy"], "there is no command destroy"),
        (["restore"], "restore takes 1 key(s), not 0"),
        (["promote", "a"], "promote takes 2 key(s), not 1"),
        (["capture", "-x"], "there is no such option"),
        (["capture", "-a", "../Agent"], "is no agent's name"),
        (["capture", "-a", ""], "the agent is not named"),
        (["capture", "-b", ""], "the bucket is not named"),
        (["capture", "-p", "snapshots"], "must end in a slash"),
    ],
)
def test_a_wrong_call_is_told_apart_from_a_failure(bench: Bench, arguments: list[str], complaint: str) -> None:
    result = bench.run(*arguments)
    assert result.returncode == 2
    assert complaint in result.stderr
    assert "Usage:" in result.stderr


def test_help_is_shown_on_standard_output(bench: Bench) -> None:
    result = bench.run("--help")
    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("Usage: cap-snapshot.sh COMMAND")


def test_the_aws_cli_is_asked_for_when_it_is_missing(bench: Bench) -> None:
    (bench.folder / "bin" / "aws").unlink()
    for tool in ("tar", "gzip", "cat"):
        found = shutil.which(tool)
        assert found is not None
        (bench.folder / "bin" / tool).symlink_to(found)
    result = bench.run("capture", path=str(bench.folder / "bin"))
    assert (result.returncode, "aws is needed" in result.stderr) == (1, True)


def test_shellcheck_finds_nothing(bench: Bench) -> None:
    shellcheck = shutil.which("shellcheck", path=str(Path(sys.executable).parent)) or shutil.which("shellcheck")
    if shellcheck is None:
        pytest.skip("shellcheck is not installed")
    command = [shellcheck, "--shell=sh", str(bench.folder / "cap-snapshot.sh")]
    result = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert result.returncode == 0, result.stdout
