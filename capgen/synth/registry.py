"""Every component's construct."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from capgen.components.database.checks import checks as database_checks
from capgen.components.database.construct import construct as construct_database
from capgen.components.dns.checks import checks as dns_checks
from capgen.components.dns.construct import construct as construct_dns
from capgen.components.encryption.checks import checks as encryption_checks
from capgen.components.encryption.construct import construct as construct_encryption
from capgen.components.identity.checks import checks as identity_checks
from capgen.components.identity.construct import construct as construct_identity
from capgen.components.load_balancer.checks import checks as load_balancer_checks
from capgen.components.load_balancer.construct import construct as construct_load_balancer
from capgen.components.logs.checks import checks as logs_checks
from capgen.components.logs.construct import construct as construct_logs
from capgen.components.network.checks import checks as network_checks
from capgen.components.network.construct import construct as construct_network
from capgen.components.replication.checks import checks as replication_checks
from capgen.components.replication.construct import construct as construct_replication
from capgen.components.secrets.checks import checks as secrets_checks
from capgen.components.secrets.construct import construct as construct_secrets
from capgen.components.security.checks import checks as security_checks
from capgen.components.security.construct import construct as construct_security
from capgen.components.service.checks import checks as service_checks
from capgen.components.service.construct import construct as construct_service
from capgen.components.snapshots.checks import checks as snapshots_checks
from capgen.components.snapshots.construct import construct as construct_snapshots
from capgen.components.snapshots.files import files as snapshot_files
from capgen.components.storage.checks import checks as storage_checks
from capgen.components.storage.construct import construct as construct_storage
from capgen.terraform.checks import Checks, NoChecks
from capgen.terraform.module import Module


@dataclass(frozen=True)
class Builder:
    """How a component's module is built: its construct, what its test checks, the files beside it that Terraform reads.

    All take the component's own Shape; the registry is where the eleven Shape types meet, hence Any.
    """

    construct: Callable[[Module, Any], None]
    checks: Callable[[Any], Checks | NoChecks]
    files: Callable[[Any], Mapping[str, bytes]] | None = None


BUILDERS: Mapping[str, Builder] = {
    "network": Builder(construct_network, network_checks),
    "security": Builder(construct_security, security_checks),
    "encryption": Builder(construct_encryption, encryption_checks),
    "logs": Builder(construct_logs, logs_checks),
    "identity": Builder(construct_identity, identity_checks),
    "secrets": Builder(construct_secrets, secrets_checks),
    "database": Builder(construct_database, database_checks),
    "storage": Builder(construct_storage, storage_checks),
    "snapshots": Builder(construct_snapshots, snapshots_checks, snapshot_files),
    "load_balancer": Builder(construct_load_balancer, load_balancer_checks),
    "dns": Builder(construct_dns, dns_checks),
    "service": Builder(construct_service, service_checks),
    "replication": Builder(construct_replication, replication_checks),
}
