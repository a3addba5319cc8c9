"""EFS keeps a file system's replication overwrite protection."""

import json

from moto.efs import urls
from moto.efs.models import FileSystem
from moto.efs.responses import TYPE_RESPONSE, EFSResponse

GAP = "efs-protection"


def apply() -> None:
    """Answer `UpdateFileSystemProtection`, and show the protection of every file system."""
    FileSystem.file_system_protection = {"ReplicationOverwriteProtection": "ENABLED"}
    EFSResponse.update_file_system_protection = _update
    urls.url_paths["/2015-02-01/file-systems/<file_system_id>/protection"] = urls.response.dispatch


def _update(response: EFSResponse) -> TYPE_RESPONSE:
    file_system = response.efs_backend.file_systems_by_id[response._get_param("FileSystemId")]
    protection = {"ReplicationOverwriteProtection": response._get_param("ReplicationOverwriteProtection")}
    file_system.file_system_protection = protection
    return json.dumps(protection), {"Content-Type": "application/json"}
