"""AWS Backup keeps the selections of a plan."""

import json
from typing import Any

from moto.backup.exceptions import ResourceNotFoundException
from moto.backup.responses import BackupResponse
from moto.moto_api._internal import mock_random

GAP = "backup-selection"


def apply() -> None:
    """Answer the requests that create, read and delete a selection."""
    BackupResponse.create_backup_selection = _create
    BackupResponse.get_backup_selection = _get
    BackupResponse.delete_backup_selection = _delete


def _selections(response: BackupResponse) -> dict[str, dict[str, Any]]:
    """Return the selections by id, which live and die with moto's backend."""
    selections: dict[str, dict[str, Any]] = response.backup_backend.__dict__.setdefault("kept_selections", {})
    return selections


def _ids(response: BackupResponse) -> list[str]:
    """Return the plan's and the selection's id of `/backup/plans/<plan>/selections/<selection>`."""
    return [part for part in response.path.split("/") if part not in {"", "backup", "plans", "selections"}]


def _create(response: BackupResponse) -> str:
    selection = str(mock_random.uuid4())
    answer = {"BackupPlanId": _ids(response)[0], "SelectionId": selection}
    _selections(response)[selection] = answer | {"BackupSelection": json.loads(response.body)["BackupSelection"]}
    return json.dumps(answer)


def _get(response: BackupResponse) -> str:
    selection = _selections(response).get(_ids(response)[1])
    if selection is None:
        raise ResourceNotFoundException(msg="Cannot find Backup selection")
    return json.dumps(selection)


def _delete(response: BackupResponse) -> str:
    _selections(response).pop(_ids(response)[1], None)
    return "{}"
