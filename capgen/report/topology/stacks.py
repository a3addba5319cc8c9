"""The secrets that CloudFormation stacks make: they are kept in the account, and are no resources of Terraform."""

import json
from collections.abc import Mapping

from capgen.evaluate import Block, Flattened, blocks

_SECRET = "AWS::SecretsManager::Secret"  # noqa: S105 : a type


def stack_secrets(flattened: Flattened) -> tuple[Block, ...]:
    """Return the stack of each secret that a template in JSON makes: a stack that makes two stands there twice."""
    return tuple(
        block
        for block in blocks(flattened, "aws_cloudformation_stack")
        if not block.is_data
        for _ in range(_secrets(block.body.get("template_body")))
    )


def _secrets(template: object) -> int:
    try:
        read = json.loads(template) if isinstance(template, str) else None
    except (ValueError, RecursionError):
        return 0
    resources = read.get("Resources") if isinstance(read, Mapping) else None
    found = resources.values() if isinstance(resources, Mapping) else ()
    return sum(isinstance(each, Mapping) and each.get("Type") == _SECRET for each in found)
