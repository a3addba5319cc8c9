"""What the container finds in its environment: plain values, and secrets that ECS fetches when a task starts."""

from capgen.model.agent import SecretReference
from capgen.model.regional import RegionalDeployment
from capgen.topology import Text, Value, outputs

GOLD_MASTER = "S3_GOLD_MASTER"
"""The snapshot that the agent restores when it starts. The one variable name that the vendor's guide fixes."""

_PASSWORD_KEY = "password"  # noqa: S105  # the key of the secret's JSON object, not its value


def environment(deployment: RegionalDeployment) -> Value:
    """List the plain variables, sorted by name: AWS and the provider compare them in that order.

    The gold master is passed as an s3:// URL: the guide calls it a path and an S3 object, and shows no example.
    """
    agent, key = deployment.agent, deployment.snapshots.gold_master_key
    values: dict[str, Value] = {
        **agent.environment,
        agent.variables.agent_name: agent.name,
        agent.variables.jdbc_url: outputs.DATABASE_JDBC_URL,
        agent.variables.database_username: deployment.database.username,
    }
    if key is not None:
        values[GOLD_MASTER] = Text(("s3://", outputs.SNAPSHOT_BUCKET_NAME, f"/{key}"))
    return [{"name": name, "value": values[name]} for name in sorted(values)]


def secrets(deployment: RegionalDeployment) -> Value:
    """List the variables from Secrets Manager, sorted by name, each as the ARN and the key of its JSON object.

    https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html
    """
    agent, password = deployment.agent, deployment.database.password
    key = password.secret_key if password.source == "secret" else _PASSWORD_KEY
    values: dict[str, Value] = {name: _value_from(secret) for name, secret in agent.secrets.items()}
    values[agent.variables.database_password] = Text((outputs.DATABASE_SECRET_ARN, f":{key}::"))
    return [{"name": name, "valueFrom": values[name]} for name in sorted(values)]


def _value_from(secret: SecretReference) -> str:
    """Name one key of the secret, or the whole of it; version stage and id stay empty and mean the current one."""
    return secret.secret_arn if secret.key is None else f"{secret.secret_arn}:{secret.key}::"
