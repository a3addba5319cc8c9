"""The ten outputs of a region: the guide's, in Terraform's spelling."""

from capgen.components.dns.plan import is_out_of_service
from capgen.model.regional import RegionalDeployment
from capgen.topology import RootOutput, Text, Value, outputs


def outputs_of(deployment: RegionalDeployment) -> tuple[RootOutput, ...]:
    """Return the outputs of a region's root."""
    web_url = RootOutput(
        name="agent_web_url",
        guide_key="AgentWebURL",
        description="Public URL of the solution that is deployed to the agent",
        value=_web_url(deployment),
    )
    return web_url, *_OTHERS


def _web_url(deployment: RegionalDeployment) -> Value:
    """Return the URL of the name that the certificate is for, where there is one name; else the load balancer's."""
    dns = deployment.dns
    if dns is None or dns.name.startswith("*") or is_out_of_service(deployment):
        return outputs.LOAD_BALANCER_URL
    scheme = "https" if deployment.load_balancer.certificate_arn else "http"
    return Text((f"{scheme}://", outputs.DNS_FQDN))


_OTHERS = (
    RootOutput(
        name="agent_management_endpoint",
        guide_key="AgentManagementEndpoint",
        description="DNS name of the load balancer, not used to register the agent in the Console",
        value=outputs.LOAD_BALANCER_DNS_NAME,
    ),
    RootOutput(
        name="rds_endpoint",
        guide_key="RDSEndpoint",
        description="Host and port of the database",
        value=outputs.DATABASE_ENDPOINT,
    ),
    RootOutput(
        name="rds_jdbc_url",
        guide_key="RDSJdbcUrl",
        description="JDBC connection string of the database",
        value=outputs.DATABASE_JDBC_URL,
    ),
    RootOutput(
        name="ecs_cluster_name",
        guide_key="ECSClusterName",
        description="Name of the ECS cluster",
        value=outputs.CLUSTER_NAME,
    ),
    RootOutput(
        name="ecs_service_name",
        guide_key="ECSServiceName",
        description="Name of the ECS service",
        value=outputs.SERVICE_NAME,
    ),
    RootOutput(
        name="snapshot_bucket_name",
        guide_key="SnapshotBucketName",
        description="S3 bucket for configuration snapshots",
        value=outputs.SNAPSHOT_BUCKET_NAME,
    ),
    RootOutput(
        name="log_group_name",
        guide_key="LogGroupName",
        description="CloudWatch log group of the agent",
        value=outputs.LOG_GROUP_NAME,
    ),
    RootOutput(
        name="deploy_user_credentials_arn",
        guide_key="DeployUserCredentialsArn",
        description="ARN of the secret with the deploy user's credentials, or of the role to assume instead",
        value=outputs.DEPLOY_USER_CREDENTIALS_ARN,
    ),
    RootOutput(
        name="deploy_user_credentials_command",
        guide_key="DeployUserCredentialsCommand",
        description="Command that prints the deploy user's credentials",
        value=outputs.DEPLOY_USER_CREDENTIALS_COMMAND,
    ),
)
