"""RDS makes a read replica in another region an instance of its own, which can be promoted and deleted."""

import copy
from typing import Any

from moto.rds.exceptions import InvalidParameterCombination
from moto.rds.models import DBInstance, RDSBackend

GAP = "rds-read-replica"


def apply() -> None:
    """Replace moto's replica, which shares everything with its source, and what promotes or deletes one."""
    RDSBackend.create_db_instance_read_replica = _create
    RDSBackend.promote_read_replica = _promote
    DBInstance.remove_replica = _forget
    delete = RDSBackend.delete_db_instance

    def deleting(backend: RDSBackend, db_instance_identifier: str, *arguments: Any, **options: Any) -> DBInstance:
        found = backend.databases.get(db_instance_identifier)
        if found is not None and found.is_replica and options.get("final_db_snapshot_identifier"):
            raise InvalidParameterCombination("FinalDBSnapshotIdentifier cannot be specified for a replica.")
        return delete(backend, db_instance_identifier, *arguments, **options)

    RDSBackend.delete_db_instance = deleting


def _create(backend: RDSBackend, db_kwargs: dict[str, Any]) -> DBInstance:
    primary = backend.find_db_from_id(db_kwargs["source_db_instance_identifier"])
    if not primary.backup_retention_period:
        raise InvalidParameterCombination("Automated backups are not enabled for the source.")
    replica = copy.copy(primary)
    replica.backend = backend
    replica.tags, replica.vpc_security_group_ids = [], []
    replica.enabled_cloudwatch_logs_exports = list(db_kwargs.get("enable_cloudwatch_logs_exports") or [])
    replica.db_parameter_group_name = None
    replica.backup_retention_period = 0
    replica.availability_zone = f"{backend.region_name}a"
    replica.update(**db_kwargs)
    replica.set_as_replica()
    backend.databases[replica.db_instance_identifier] = replica
    primary.add_replica(replica)
    return replica


def _promote(backend: RDSBackend, db_kwargs: dict[str, Any]) -> DBInstance:
    database = backend.databases[db_kwargs["db_instance_identifier"]]
    if not database.is_replica:
        raise InvalidParameterCombination("The instance is no read replica.")
    backend.find_db_from_id(database.source_db_instance_identifier).remove_replica(database)
    database.is_replica, database.source_db_instance_identifier = False, None
    database.update(**db_kwargs)
    return database


def _forget(primary: DBInstance, replica: DBInstance) -> None:
    known = replica.db_instance_arn if primary.region != replica.region else replica.db_instance_identifier
    primary.replicas.remove(known)
