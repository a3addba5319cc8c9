"""What a mocked AWS answers where a random string will not do: the provider checks that an ARN is one."""

from collections.abc import Iterable, Mapping

from capgen.terraform.expression import Json
from capgen.write.example_values import ACCOUNT_ID, REGION

_ARNS = {
    "aws_cloudwatch_log_group": "logs:{place}:log-group:example",
    "aws_ecs_cluster": "ecs:{place}:cluster/example",
    "aws_ecs_task_definition": "ecs:{place}:task-definition/example:1",
    "aws_efs_access_point": "elasticfilesystem:{place}:access-point/fsap-0a1b2c3d4e5f60718",
    "aws_efs_file_system": "elasticfilesystem:{place}:file-system/fs-0a1b2c3d4e5f60718",
    "aws_eip": "ec2:{place}:elastic-ip/eipalloc-0a1b2c3d4e5f60718",
    "aws_iam_role": "iam::{account}:role/example",
    "aws_internet_gateway": "ec2:{place}:internet-gateway/igw-0a1b2c3d4e5f60718",
    "aws_kms_key": "kms:{place}:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9",
    "aws_lambda_function": "lambda:{place}:function:example",
    "aws_lb": "elasticloadbalancing:{place}:loadbalancer/app/example/0a1b2c3d4e5f6071",
    "aws_lb_target_group": "elasticloadbalancing:{place}:targetgroup/example/0a1b2c3d4e5f6071",
    "aws_route53_health_check": "route53:::healthcheck/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9",
    "aws_route_table": "ec2:{place}:route-table/rtb-0a1b2c3d4e5f60718",
    "aws_s3_bucket": "s3:::example",
    "aws_subnet": "ec2:{place}:subnet/subnet-0a1b2c3d4e5f60718",
    "aws_vpc": "ec2:{place}:vpc/vpc-0a1b2c3d4e5f60718",
}
_MORE: Mapping[str, Mapping[str, Json]] = {
    "aws_cloudformation_stack": {
        "outputs": {"SecretArn": f"arn:aws:secretsmanager:{REGION}:{ACCOUNT_ID}:secret:example-AbCdEf"}
    },
    "aws_default_security_group": {"ingress": [], "egress": []},
    "aws_nat_gateway": {"public_ip": "203.0.113.1"},
    "aws_security_group": {"ingress": [], "egress": []},
}


def mocked_resources(types: Iterable[str]) -> dict[str, Json]:
    """Return the `mock_resource` block of each type that needs one."""
    known = {**{type: {"arn": _arn(resource)} for type, resource in _ARNS.items()}, **_MORE}
    return {type: {"defaults": known[type]} for type in sorted(types) if type in known}


def _arn(resource: str) -> str:
    return "arn:aws:" + resource.format(place=f"{REGION}:{ACCOUNT_ID}", account=ACCOUNT_ID)
