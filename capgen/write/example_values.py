"""Plain values, for tests, of the variables that mean the same in every module. Nothing like them exists."""

from collections.abc import Mapping

from capgen.terraform.checks import Checks
from capgen.terraform.expression import Json

ACCOUNT_ID = "123456789012"
REGION = "eu-west-1"

_SHARED: Mapping[str, Json] = {
    "access_log_bucket": "example-access-logs",
    "account_id": ACCOUNT_ID,
    "cluster_name": "example-cluster",
    "dns_suffix": "amazonaws.com",
    "force_destroy": False,
    "kms_key_arn": f"arn:aws:kms:{REGION}:{ACCOUNT_ID}:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9",
    "log_group_name": "/ecs/example",
    "log_retention_in_days": 365,
    "management_port": 20001,
    "name": "example",
    "partition": "aws",
    "password_version": 1,
    "region": REGION,
    "security_group_id": "sg-0a1b2c3d4e5f60718",
    "service_name": "example-service",
    "subnet_ids": ["subnet-0a1b2c3d4e5f60718", "subnet-0f1e2d3c4b5a69788"],
    "target_group_arn": f"arn:aws:elasticloadbalancing:{REGION}:{ACCOUNT_ID}:targetgroup/example/0a1b2c3d4e5f6071",
    "vpc_id": "vpc-0a1b2c3d4e5f60718",
    "web_port": 8080,
}


def example_values(variables: Mapping[str, object], checks: Checks) -> dict[str, Json]:
    """Return a value for each variable of a module. A component's own example goes first; a gap is a KeyError."""
    return {name: checks.example[name] if name in checks.example else _SHARED[name] for name in variables}
