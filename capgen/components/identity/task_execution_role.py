"""TaskExecutionRole: what ECS itself does to start a task.

https://docs.aws.amazon.com/AmazonECS/latest/developerguide/task_execution_IAM_role.html
"""

from capgen.components.identity.context import Context
from capgen.components.identity.role import add_role
from capgen.components.identity.trust import trust_tasks
from capgen.terraform.iam import Statement, allow


def add_task_execution_role(context: Context) -> None:
    """Pull the image, write the first log lines, read the secrets that the container is started with."""
    add_role(
        context,
        "task_execution",
        "ECS pulls the image and reads the secrets with it to start a task.",
        trust_tasks(context.account),
        [*_image(context), *_start(context)],
    )


def _image(context: Context) -> list[Statement]:
    """Allow the pull from the image's own repository. The login token is the registry's: it has no resource.

    https://docs.aws.amazon.com/AmazonECR/latest/userguide/image-pull.html#image-pull-iam
    """
    if not context.shape.ecr_image:
        return []
    repository = context.module.variable("image_repository_arn", "string", "ARN of the image's ECR repository.")
    pull = ["ecr:BatchCheckLayerAvailability", "ecr:GetDownloadUrlForLayer", "ecr:BatchGetImage"]
    return [allow("ImageRegistry", ["ecr:GetAuthorizationToken"], ["*"]), allow("Image", pull, [repository])]


def _start(context: Context) -> list[Statement]:
    secrets = context.module.variable("secret_arns", "list(string)", "ARNs of the secrets that the container reads.")
    statements = [
        allow("Logs", ["logs:CreateLogStream", "logs:PutLogEvents"], [f"{context.log_group_arn}:*"]),
        allow("Secrets", ["secretsmanager:GetSecretValue"], secrets),
    ]
    if context.key:
        statements.append(context.key.through("DecryptSecrets", "secretsmanager", ("kms:Decrypt",)))
    return statements
