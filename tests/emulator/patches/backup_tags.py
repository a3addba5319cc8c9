"""AWS Backup lists a resource's tags at a path without a trailing slash too."""

import json
from urllib.parse import unquote

from moto.backup.responses import BackupResponse

GAP = "backup-tags"


def apply() -> None:
    """Read the ARN from the path as the API's model writes it."""
    BackupResponse.list_tags = _list


def _list(response: BackupResponse) -> str:
    arn = unquote(response.path.partition("/tags/")[2]).rstrip("/")
    return json.dumps({"Tags": response.backup_backend.list_tags(resource_arn=arn)})
