"""The one-time function that puts the helper script into the bucket, as the guide's template does it."""

from capgen.components.snapshots.bucket import Bucket
from capgen.components.snapshots.files import FUNCTION_ZIP, HANDLER, SCRIPT
from capgen.terraform.expression import Expr
from capgen.terraform.functions import filebase64sha256, filesha256
from capgen.terraform.json_template import json_template
from capgen.terraform.module import Module

_RUNTIME = "python3.13"
_TIMEOUT = 120
"""Seconds. The function waits for IAM, up to 90 of them: see `function/publish.py`."""


def publish_by_lambda(module: Module, bucket: Bucket, script_key: Expr, key_arn: Expr | None) -> Expr:
    """Make the function and invoke it once, and again when the script or the function changes.

    The script stays in the bucket when the invocation is destroyed: a function that could delete it would need the
    right to. Returns the function's log group.
    https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs/resources/lambda_invocation
    """
    name = module.variable("function_name", "string", "Name of the function that publishes the helper script.")
    log_group = module.resource("aws_cloudwatch_log_group", "publisher", {
        "name": f"/aws/lambda/{name}",
        "retention_in_days": module.variable("log_retention_in_days", "number", "Days that its logs are kept."),
        "kms_key_id": key_arn,
    })  # fmt: skip
    function = _function(module, name, log_group)
    module.resource("aws_lambda_invocation", "publisher", {
        "function_name": function["function_name"],
        "input": json_template({
            "bucket": bucket.name,
            "key": script_key,
            "sha256": filesha256(f"${{path.module}}/{SCRIPT}"),
        }),
        "triggers": {"function": function["source_code_hash"]},
        "depends_on": [block.text for block in bucket.ready],
    })  # fmt: skip
    return log_group


def _function(module: Module, name: Expr, log_group: Expr) -> Expr:
    """Make the function. It has no environment, so there is nothing of it to encrypt.

    Tracing passes through: a trace of its own would need X-Ray's permissions, for a function that runs once.
    x86_64 is the architecture that Lambda has in every region.
    https://docs.aws.amazon.com/lambda/latest/dg/foundation-arch.html
    """
    archive = f"${{path.module}}/{FUNCTION_ZIP}"
    return module.resource("aws_lambda_function", "publisher", {
        "function_name": name,
        "description": "Publishes the snapshot helper script into the snapshot bucket.",
        "role": module.variable("role_arn", "string", "ARN of the function's role."),
        "runtime": _RUNTIME,
        "handler": HANDLER,
        "architectures": ["x86_64"],
        "memory_size": 128,
        "timeout": _TIMEOUT,
        "filename": archive,
        "source_code_hash": filebase64sha256(archive),
        "tracing_config": [{"mode": "PassThrough"}],
        "logging_config": [{"log_format": "Text", "log_group": log_group["name"]}],
    })  # fmt: skip
