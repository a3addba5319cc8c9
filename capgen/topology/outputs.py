"""The outputs by which components refer to each other. Each is an output of that component's module."""

from capgen.topology.reference import Ref

VPC_ID = Ref("network", "vpc_id")
SUBNET_IDS = Ref("network", "subnet_ids")
SUBNETS_BY_ZONE = Ref("network", "subnets_by_zone")
"""Of a created VPC: which zones there are is known in a plan, which subnets is not."""
LOAD_BALANCER_SUBNET_IDS = Ref("network", "load_balancer_subnet_ids")
DATABASE_SUBNET_IDS = Ref("network", "database_subnet_ids")

KMS_KEY_ARN = Ref("encryption", "key_arn")

LOG_GROUP_NAME = Ref("logs", "log_group_name")
LOG_GROUP_ARN = Ref("logs", "log_group_arn")
ACCESS_LOG_BUCKET = Ref("logs", "access_log_bucket")

LOAD_BALANCER_SECURITY_GROUP_ID = Ref("security", "load_balancer_security_group_id")
TASK_SECURITY_GROUP_ID = Ref("security", "task_security_group_id")
DATABASE_SECURITY_GROUP_ID = Ref("security", "database_security_group_id")
STORAGE_SECURITY_GROUP_ID = Ref("security", "storage_security_group_id")
ENDPOINT_SECURITY_GROUP_ID = Ref("security", "endpoint_security_group_id")

DATABASE_SECRET_ARN = Ref("secrets", "database_secret_arn")
DATABASE_PASSWORD = Ref("secrets", "database_password")

DATABASE_ARN = Ref("database", "arn")
DATABASE_ENDPOINT = Ref("database", "endpoint")
DATABASE_JDBC_URL = Ref("database", "jdbc_url")

FILE_SYSTEM_ID = Ref("storage", "file_system_id")
FILE_SYSTEM_ARN = Ref("storage", "file_system_arn")
ACCESS_POINT_ID = Ref("storage", "access_point_id")
ACCESS_POINT_ARN = Ref("storage", "access_point_arn")

SNAPSHOT_BUCKET_NAME = Ref("snapshots", "bucket_name")
SNAPSHOT_BUCKET_ARN = Ref("snapshots", "bucket_arn")
SNAPSHOT_SCRIPT_LOG_GROUP_ARN = Ref("snapshots", "script_log_group_arn")

LOAD_BALANCER_DNS_NAME = Ref("load_balancer", "dns_name")
LOAD_BALANCER_ZONE_ID = Ref("load_balancer", "zone_id")
LOAD_BALANCER_URL = Ref("load_balancer", "url")
TARGET_GROUP_ARN = Ref("load_balancer", "target_group_arn")

DNS_FQDN = Ref("dns", "fqdn")

TASK_EXECUTION_ROLE_ARN = Ref("identity", "task_execution_role_arn")
TASK_ROLE_ARN = Ref("identity", "task_role_arn")
SNAPSHOT_SCRIPT_ROLE_ARN = Ref("identity", "snapshot_script_role_arn")
DATABASE_MONITORING_ROLE_ARN = Ref("identity", "database_monitoring_role_arn")
DEPLOY_USER_CREDENTIALS_ARN = Ref("identity", "deploy_user_credentials_arn")
DEPLOY_USER_CREDENTIALS_COMMAND = Ref("identity", "deploy_user_credentials_command")

CLUSTER_NAME = Ref("service", "cluster_name")
SERVICE_NAME = Ref("service", "service_name")
