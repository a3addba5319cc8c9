"""EFS takes a change of a file system's backup policy."""

import json

from moto.efs.models import FileSystem
from moto.efs.responses import TYPE_RESPONSE, EFSResponse

GAP = "efs-backup-policy"


def apply() -> None:
    """Answer `PutBackupPolicy`, and show a file system's policy even when it is disabled."""
    EFSResponse.put_backup_policy = _put
    FileSystem.backup_policy = property(_shown)


def _put(response: EFSResponse) -> TYPE_RESPONSE:
    file_system = response.efs_backend.file_systems_by_id[response._get_param("FileSystemId")]
    policy = response._get_param("BackupPolicy")
    file_system._backup = policy["Status"] == "ENABLED"
    return json.dumps({"BackupPolicy": policy}), {"Content-Type": "application/json"}


def _shown(file_system: FileSystem) -> dict[str, str]:
    return {"Status": "ENABLED" if file_system._backup else "DISABLED"}
