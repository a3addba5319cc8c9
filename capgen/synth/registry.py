"""Every component's construct."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from capgen.components.database.construct import construct as construct_database
from capgen.components.encryption.construct import construct as construct_encryption
from capgen.components.identity.construct import construct as construct_identity
from capgen.components.load_balancer.construct import construct as construct_load_balancer
from capgen.components.logs.construct import construct as construct_logs
from capgen.components.network.construct import construct as construct_network
from capgen.components.secrets.construct import construct as construct_secrets
from capgen.components.security.construct import construct as construct_security
from capgen.components.service.construct import construct as construct_service
from capgen.components.snapshots.construct import construct as construct_snapshots
from capgen.components.snapshots.files import files as snapshot_files
from capgen.components.storage.construct import construct as construct_storage
from capgen.terraform.module import Module


@dataclass(frozen=True)
class Builder:
    """How a component's module is built: its construct, and the files beside it that Terraform reads.

    Both take the component's own Shape; the registry is where the eleven Shape types meet, hence Any.
    """

    construct: Callable[[Module, Any], None]
    files: Callable[[Any], Mapping[str, bytes]] | None = None


BUILDERS: Mapping[str, Builder] = {
    "network": Builder(construct_network),
    "security": Builder(construct_security),
    "encryption": Builder(construct_encryption),
    "logs": Builder(construct_logs),
    "identity": Builder(construct_identity),
    "secrets": Builder(construct_secrets),
    "database": Builder(construct_database),
    "storage": Builder(construct_storage),
    "snapshots": Builder(construct_snapshots, snapshot_files),
    "load_balancer": Builder(construct_load_balancer),
    "service": Builder(construct_service),
}
