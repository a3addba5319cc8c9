"""Rules of the deployment as a whole: its composed names, its tags."""

import re
from collections.abc import Iterator
from dataclasses import asdict

from capgen.model.names import HASH_LENGTH, names_of
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule
from capgen.resources import table

_LIMIT_OF = {
    "load_balancer": "lb",
    "task_security_group": "security_group",
    "cluster": "ecs_cluster",
    "service": "ecs_service",
    "task_family": "ecs_task_definition",
    "log_group": "log_group",
    "flow_log_group": "log_group",
    "database": "db_instance",
    "file_system": "efs_creation_token",
    "database_secret": "secret",
    "deploy_user_secret": "secret",
    "deploy_user_stack": "cloudformation_stack",
    "key_alias": "kms_alias",
    "snapshot_bucket_prefix": "s3_bucket",
    "access_log_bucket_prefix": "s3_bucket",
    "snapshot_script_function": "lambda_function",
    "task_execution_role": "iam_role",
    "task_role": "iam_role",
    "snapshot_script_role": "iam_role",
    "database_monitoring_role": "iam_role",
    "snapshot_replication_role": "iam_role",
    "flow_log_role": "iam_role",
    "deploy_user": "iam_user",
    "deploy_role": "iam_role",
}

_TAG_CHARACTERS = " _.:/=+-@"


def _composed_names(deployment: RegionalDeployment) -> Iterator[Problem]:
    """Hold every composed name to AWS's limits; only the first that is too long is worth saying, it decides."""
    limits = table("aws/names.json")["names"]
    worst: tuple[int, Problem] | None = None
    for field, name in asdict(names_of(deployment)).items():
        limit = limits[_LIMIT_OF[field]]
        composed = name + "0" * HASH_LENGTH if field.endswith("_prefix") else name
        excess = len(composed) - limit["max"]
        if excess > 0 and (worst is None or excess > worst[0]):
            room = len(deployment.name) - excess
            worst = (
                excess,
                Problem(
                    path=("name",),
                    message=f'the name "{composed}", composed from name, has {len(composed)} characters; '
                    f"AWS allows {limit['max']} for {limit['what']}",
                    value=deployment.name,
                    allowed=f"a name of at most {room} characters in {deployment.region}",
                    hint=f"shorten name by {excess}",
                ),
            )
        elif excess <= 0 and not re.fullmatch(limit["pattern"], composed):
            yield Problem(
                path=("name",),
                message=f'the name "{composed}", composed from name, is not one that AWS allows for {limit["what"]}',
                value=deployment.name,
                allowed=limit["allowed"],
            )
    if worst:
        yield worst[1]


def _tag_characters(deployment: RegionalDeployment) -> Iterator[Problem]:
    """Hold tags to what every service takes: EC2 takes any character, IAM and ECS do not."""
    for key, value in deployment.tags.items():
        refused = sorted({found for found in key + value if not (found.isalnum() or found in _TAG_CHARACTERS)})
        if refused:
            yield Problem(
                path=("tags", key),
                message=f"the tag {key} has characters that IAM and ECS refuse: {' '.join(refused)}",
                value=value,
                allowed=f"letters, digits, spaces and {_TAG_CHARACTERS.strip()}",
            )


RULES = (
    Rule(id="deployment-composed-names", title="Composed names keep AWS's limits",
         link="https://docs.aws.amazon.com/elasticloadbalancing/latest/APIReference/API_CreateLoadBalancer.html",
         check=_composed_names),
    Rule(id="deployment-tag-characters", title="Tags have characters that every service takes",
         link="https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html#id_tags_rules_creating",
         check=_tag_characters),
)  # fmt: skip
