"""EFS deletes a file system's policy."""

from moto.efs.responses import TYPE_RESPONSE, EFSResponse

GAP = "efs-policy-deletion"


def apply() -> None:
    """Answer `DeleteFileSystemPolicy`."""
    EFSResponse.delete_file_system_policy = _delete


def _delete(response: EFSResponse) -> TYPE_RESPONSE:
    response.efs_backend.file_systems_by_id[response._get_param("FileSystemId")].file_system_policy = None
    return "{}", {"Content-Type": "application/json"}
