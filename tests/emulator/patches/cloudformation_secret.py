"""CloudFormation makes, changes and deletes a secret."""

from typing import Any, Self

from moto.cloudformation import parsing
from moto.core.common_models import CloudFormationModel
from moto.secretsmanager.models import secretsmanager_backends

GAP = "cloudformation-secret"


class Secret(CloudFormationModel):  # type: ignore[misc]  # moto is read as untyped
    """`AWS::SecretsManager::Secret`; its physical id, and so its `Ref`, is the secret's ARN."""

    def __init__(self, arn: str) -> None:
        """Remember the ARN."""
        self.physical_resource_id = arn

    @staticmethod
    def cloudformation_name_type() -> str:
        """Return the property that names the resource."""
        return "Name"

    @staticmethod
    def cloudformation_type() -> str:
        """Return the type's name, by which moto finds this class."""
        return "AWS::SecretsManager::Secret"

    @classmethod
    def has_cfn_attr(cls, attr: str) -> bool:
        """Say which attributes `Fn::GetAtt` may ask for."""
        return attr == "Id"

    def get_cfn_attribute(self, _attribute: str) -> str:
        """Return the only attribute."""
        return self.physical_resource_id

    @classmethod
    def create_from_cloudformation_json(
        cls,
        resource_name: str,
        cloudformation_json: dict[str, Any],
        account_id: str,
        region_name: str,
        **_context: Any,
    ) -> Self:
        """Create the secret in moto's Secrets Manager."""
        wanted = cloudformation_json["Properties"]
        backend = secretsmanager_backends[account_id][region_name]
        backend.create_secret(
            name=resource_name,
            secret_string=wanted.get("SecretString"),
            secret_binary=None,
            description=wanted.get("Description"),
            tags=wanted.get("Tags", []),
            kms_key_id=wanted.get("KmsKeyId"),
            client_request_token=None,
            replica_regions=[],
            force_overwrite=False,
        )
        return cls(backend.secrets[resource_name].arn)

    @classmethod
    def update_from_cloudformation_json(
        cls,
        original_resource: Self,
        new_resource_name: str,
        cloudformation_json: dict[str, Any],
        account_id: str,
        region_name: str,
    ) -> Self:
        """Write the secret's new value."""
        wanted = cloudformation_json["Properties"]
        secretsmanager_backends[account_id][region_name].update_secret(
            new_resource_name, secret_string=wanted.get("SecretString"), kms_key_id=wanted.get("KmsKeyId")
        )
        return original_resource

    @classmethod
    def delete_from_cloudformation_json(
        cls, resource_name: str, _cloudformation_json: dict[str, Any], account_id: str, region_name: str
    ) -> None:
        """Delete the secret at once, as CloudFormation does."""
        secretsmanager_backends[account_id][region_name].delete_secret(
            resource_name, recovery_window_in_days=None, force_delete_without_recovery=True
        )


def apply() -> None:
    """Let moto's CloudFormation look for resource classes again, now that there is one more."""
    for cached in (parsing.get_model_list, parsing.get_model_map, parsing.get_name_type_map):
        cached.cache_clear()
