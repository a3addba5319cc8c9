"""Make the bucket, and see that the helper script gets into it."""

from capgen.components.snapshots.bucket import add_bucket
from capgen.components.snapshots.plan import Shape
from capgen.components.snapshots.published_by_lambda import publish_by_lambda
from capgen.components.snapshots.published_by_terraform import publish_by_terraform
from capgen.terraform.expression import Expr
from capgen.terraform.module import Module


def construct(module: Module, shape: Shape) -> None:
    """Output the bucket once it is closed to others, and the log group of the function that publishes the script."""
    key_arn = _key_arn(module, shape)
    bucket = add_bucket(module, shape, key_arn)
    script_key = module.variable(
        "helper_script_key", "string", "Key of the helper script in the bucket.",
        validations=[('startswith(var.helper_script_key, "scripts/")', "helper_script_key must begin with scripts/.")],
    )  # fmt: skip
    description = "ARN of the log group of the function that publishes the helper script; null where there is none."
    if shape.publisher == "lambda":
        log_group = publish_by_lambda(module, bucket, script_key, key_arn)
        module.output("script_log_group_arn", log_group["arn"], description)
    else:
        publish_by_terraform(module, bucket, script_key, key_arn)
        module.output("script_log_group_arn", Expr("null"), description)


def _key_arn(module: Module, shape: Shape) -> Expr | None:
    if not shape.customer_managed_key:
        return None
    return module.variable("kms_key_arn", "string", "ARN of the customer managed key.")
