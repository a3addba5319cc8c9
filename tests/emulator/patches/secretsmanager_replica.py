"""Secrets Manager keeps the key of a replica, shows its policy, and lets it become a secret of its own."""

import json
from typing import Any

from moto.secretsmanager.models import FakeSecret, ReplicaSecret, SecretsManagerBackend, secretsmanager_backends
from moto.secretsmanager.responses import SecretsManagerResponse

GAP = "secretsmanager-replica"


def apply() -> None:
    """Show each replica's own key and its source's policy, and answer `StopReplicationToReplica`."""
    create = FakeSecret.create_replicas

    def creating(secret: FakeSecret, replica_regions: list[dict[str, str]], **options: Any) -> list[ReplicaSecret]:
        replicas: list[ReplicaSecret] = create(secret, replica_regions, **options)
        for replica, wanted in zip(replicas, replica_regions, strict=True):
            replica.config["KmsKeyId"] = wanted.get("KmsKeyId") or SecretsManagerBackend.DEFAULT_KMS_KEY_ALIAS
        return replicas

    FakeSecret.create_replicas = creating
    SecretsManagerResponse.stop_replication_to_replica = _stop
    read = SecretsManagerBackend.get_resource_policy

    def reading(backend: SecretsManagerBackend, secret_id: str) -> str:
        found = backend.secrets.get(secret_id)
        if not isinstance(found, ReplicaSecret):
            shown: str = read(backend, secret_id)
            return shown
        policy = {} if found.source.policy is None else {"ResourcePolicy": found.source.policy}
        return json.dumps({"ARN": found.arn, "Name": found.name, **policy})

    SecretsManagerBackend.get_resource_policy = reading


def _stop(response: SecretsManagerResponse) -> str:
    """Put a secret with the replica's name, ARN and contents in its place, and let the primary forget it."""
    backend = response.backend
    replica = backend.secrets[response._get_param("SecretId")]
    source = replica.source
    primary = secretsmanager_backends[backend.account_id][source.region]
    own = FakeSecret.__new__(FakeSecret)
    own.__dict__ = {**source.__dict__, "arn": replica.arn, "region": backend.region_name, "replicas": []}
    own.versions = {name: dict(version) for name, version in source.versions.items()}
    own.kms_key_id = replica.config["KmsKeyId"]
    dict.pop(backend.secrets, replica.arn)
    backend.secrets[own.arn] = own
    primary.secrets[source.arn].replicas.remove(replica)
    return json.dumps({"ARN": own.arn})
