"""The function that publishes the helper script, run as Lambda would run it: from its archive, against S3."""

import hashlib
import importlib.util
import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto import mock_aws

from capgen.components.snapshots.files import HANDLER, files
from capgen.components.snapshots.plan import Shape

BUCKET, KEY = "cap-production-snapshots-0a1b2c3d", "scripts/cap-snapshot.sh"
FILES = files(Shape(bucket_named=False, customer_managed_key=True, publisher="lambda"))
SCRIPT = FILES["scripts/cap-snapshot.sh"]
EVENT = {"bucket": BUCKET, "key": KEY, "sha256": hashlib.sha256(SCRIPT).hexdigest()}


@pytest.fixture
def function(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """Unpack the archive that is uploaded, and import what the handler's name says."""
    with zipfile.ZipFile(io.BytesIO(FILES["lambda/publish.zip"])) as archive:
        archive.extractall(tmp_path)
    name = HANDLER.partition(".")[0]
    spec = importlib.util.spec_from_file_location(name, tmp_path / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    monkeypatch.setitem(sys.modules, name, module)
    spec.loader.exec_module(module)
    monkeypatch.setattr(module, "PAUSE", 0.0)
    return module


@pytest.fixture
def s3(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_DEFAULT_REGION", "eu-west-1")
    with mock_aws():
        client = boto3.client("s3")
        client.create_bucket(Bucket=BUCKET, CreateBucketConfiguration={"LocationConstraint": "eu-west-1"})
        client.put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration={"Status": "Enabled"})
        yield client


class Denying:
    """An S3 that denies access for a while, as it does until IAM knows a new policy everywhere."""

    def __init__(self, refusals: int, code: str = "AccessDenied") -> None:
        self.refusals, self.code, self.calls = refusals, code, 0

    def put_object(self, **_arguments: object) -> dict[str, str]:
        self.calls += 1
        if self.calls <= self.refusals:
            raise ClientError({"Error": {"Code": self.code, "Message": ""}}, "PutObject")
        return {"VersionId": "1"}


def call(function: ModuleType, event: dict[str, str]) -> dict[str, Any]:
    result: dict[str, Any] = getattr(function, HANDLER.partition(".")[2])(event, None)
    return result


def test_the_script_is_published_byte_for_byte(function: ModuleType, s3: Any) -> None:
    result = call(function, EVENT)
    published = s3.get_object(Bucket=BUCKET, Key=KEY)
    assert published["Body"].read() == SCRIPT
    assert published["ContentType"] == "text/x-shellscript"
    assert result == {"key": KEY, "sha256": EVENT["sha256"], "version_id": published["VersionId"]}


def test_publishing_again_adds_a_version(function: ModuleType, s3: Any) -> None:
    assert call(function, EVENT)["version_id"] != call(function, EVENT)["version_id"]
    assert len(s3.list_object_versions(Bucket=BUCKET)["Versions"]) == 2


def test_another_script_than_the_event_names_is_not_published(function: ModuleType, s3: Any) -> None:
    with pytest.raises(ValueError, match="the event wants 0000"):
        call(function, {**EVENT, "sha256": "0000"})
    assert "Contents" not in s3.list_objects_v2(Bucket=BUCKET)


def test_the_function_waits_for_its_new_policy(function: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Denying(refusals=3)
    monkeypatch.setattr(function.boto3, "client", lambda _service: client)
    assert call(function, EVENT)["version_id"] == "1"
    assert client.calls == 4


def test_it_does_not_wait_for_ever(function: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Denying(refusals=1000)
    monkeypatch.setattr(function.boto3, "client", lambda _service: client)
    with pytest.raises(ClientError, match="AccessDenied"):
        call(function, EVENT)
    assert client.calls == function.ATTEMPTS


def test_another_error_is_not_waited_for(function: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    client = Denying(refusals=1, code="NoSuchBucket")
    monkeypatch.setattr(function.boto3, "client", lambda _service: client)
    with pytest.raises(ClientError, match="NoSuchBucket"):
        call(function, EVENT)
    assert client.calls == 1
