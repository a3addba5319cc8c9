"""EFS replicates one file system to another that exists."""

import json
from collections.abc import Iterator
from typing import Any

from moto.core.utils import unix_time
from moto.efs import urls
from moto.efs.exceptions import EFSError
from moto.efs.models import EFSBackend, efs_backends
from moto.efs.responses import TYPE_RESPONSE, EFSResponse

GAP = "efs-replication"

_JSON = {"Content-Type": "application/json"}
_PROTECTION = "ReplicationOverwriteProtection"


class _Error(EFSError):  # type: ignore[misc]  # moto has no types
    def __init__(self, kind: str, message: str, code: int) -> None:
        self.code = code
        super().__init__(kind, message)


def apply() -> None:
    """Answer the three requests. Both regions know a replication, and its destination cannot be written by others."""
    EFSResponse.create_replication_configuration = _create
    EFSResponse.delete_replication_configuration = _delete
    EFSResponse.describe_replication_configurations = _describe
    dispatch = urls.response.dispatch
    urls.url_paths["/2015-02-01/file-systems/replication-configurations"] = dispatch
    urls.url_paths["/2015-02-01/file-systems/<file_system_id>/replication-configuration"] = dispatch


def _create(response: EFSResponse) -> TYPE_RESPONSE:
    backend = response.efs_backend
    source = backend.file_systems_by_id[response._get_param("SourceFileSystemId")]
    (wanted,) = response._get_param("Destinations")
    target = efs_backends[backend.account_id][wanted["Region"]].file_systems_by_id[wanted["FileSystemId"]]
    if target.file_system_protection[_PROTECTION] != "DISABLED":
        raise _Error("ReplicationAlreadyExists", "Replication overwrite protection is on.", 409)
    if any(_of(region, source.file_system_id) for region in _regions(backend)):
        raise _Error("ReplicationAlreadyExists", "The source is part of another replication.", 409)
    target.file_system_protection = {_PROTECTION: "REPLICATING"}
    arn = source.file_system_arn
    replication = {
        "SourceFileSystemId": source.file_system_id,
        "SourceFileSystemRegion": backend.region_name,
        "SourceFileSystemArn": arn,
        "OriginalSourceFileSystemArn": arn,
        "CreationTime": unix_time(),
        "Destinations": [{**wanted, "Status": "ENABLED", "LastReplicatedTimestamp": unix_time()}],
    }
    for region in (backend, efs_backends[backend.account_id][wanted["Region"]]):
        _kept(region).append(replication)
    return json.dumps(replication), _JSON


def _delete(response: EFSResponse) -> TYPE_RESPONSE:
    backend = response.efs_backend
    found = _of(backend, response._get_param("SourceFileSystemId"))
    if found is None:
        raise _Error("ReplicationNotFound", "There is no such replication.", 404)
    (target,) = found["Destinations"]
    there = efs_backends[backend.account_id][target["Region"]].file_systems_by_id[target["FileSystemId"]]
    there.file_system_protection = {_PROTECTION: "ENABLED"}
    for region in _regions(backend):
        if found in _kept(region):
            _kept(region).remove(found)
    return "", {"status": 204}


def _describe(response: EFSResponse) -> TYPE_RESPONSE:
    wanted = response._get_param("FileSystemId")
    found = _of(response.efs_backend, wanted)
    if wanted and found is None:
        raise _Error("ReplicationNotFound", "There is no such replication.", 404)
    return json.dumps({"Replications": [found] if found else _kept(response.efs_backend)}), _JSON


def _of(backend: EFSBackend, file_system_id: str) -> dict[str, Any] | None:
    """Return the replication that a file system is a part of, at either end."""
    ends = ((each, {each["SourceFileSystemId"], each["Destinations"][0]["FileSystemId"]}) for each in _kept(backend))
    return next((each for each, known in ends if file_system_id in known), None)


def _kept(backend: EFSBackend) -> list[dict[str, Any]]:
    """Return the replications of a region. A reset of the backend forgets them."""
    kept: list[dict[str, Any]] = backend.__dict__.setdefault("capgen_replications", [])
    return kept


def _regions(backend: EFSBackend) -> Iterator[EFSBackend]:
    yield from efs_backends[backend.account_id].values()
