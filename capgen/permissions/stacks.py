"""Read what the CloudFormation stacks of the root grant: their templates are text, and create resources too."""

import json
from collections.abc import Mapping
from typing import Any

from capgen.evaluate import Block
from capgen.permissions.ledger import Ledger

#: Resources of CloudFormation that grant something, by the start of their type or by its end.
_GRANTING = ("AWS::IAM::", "AWS::SSO::", "AWS::RAM::")
_POLICIES = ("Policy", "Permission", "Grant")


def read_stacks(ledger: Ledger) -> None:
    """Say of each user which stack makes an access key of it, and of each stack what else it grants."""
    for block in ledger.blocks("aws_cloudformation_stack", "aws_cloudformation_stack_set"):
        resources = _resources(block)
        if resources is None:
            ledger.entry(block, "stack").opaque.append("What its template creates and grants is not known.")
            continue
        for logical_id, resource in resources:
            type = str(resource.get("Type"))
            if type == "AWS::IAM::AccessKey":
                _access_key(ledger, block, logical_id, resources)
            elif type.startswith(_GRANTING) or type.endswith(_POLICIES) or _holds_policy(resource):
                ledger.entry(block, "stack").opaque.append(f"It makes {logical_id} ({type}), whose policy is not read.")


def _access_key(ledger: Ledger, block: Block, logical_id: str, resources: list[tuple[str, Mapping[str, Any]]]) -> None:
    user = _value(block, _properties(dict(resources)[logical_id]).get("UserName"))
    secrets = [ledger.shown(_value(block, _properties(other).get("Name", "of a name that AWS chooses")))
               for _, other in resources
               if other.get("Type") == "AWS::SecretsManager::Secret" and _keeps(other, logical_id)]  # fmt: skip
    text = f"Whoever has its access key acts as it: {block.address} makes one"
    if secrets:
        text += f", and keeps it in the secret {' and the secret '.join(secrets)}, so whoever may read that has it"
    ledger.entry_of(user, "aws_iam_user", "user", block).opaque.append(f"{text}.")


def _keeps(secret: Mapping[str, Any], access_key: str) -> bool:
    """Say whether a secret's text refers to the key, by `Fn::Sub` or `Fn::GetAtt`."""
    text = json.dumps(_properties(secret).get("SecretString"))
    return access_key in text and "SecretAccessKey" in text


def _resources(block: Block) -> list[tuple[str, Mapping[str, Any]]] | None:
    """Return the resources of a stack's template by their logical ids, or None if it cannot be read."""
    body = block.body.get("template_body")
    try:
        template = json.loads(body) if isinstance(body, str) else None
    except (ValueError, RecursionError):
        return None
    resources = template.get("Resources") if isinstance(template, Mapping) else None
    if not isinstance(resources, Mapping) or not all(isinstance(one, Mapping) for one in resources.values()):
        return None
    return sorted(resources.items(), key=lambda item: item[0])


def _properties(resource: Mapping[str, Any]) -> Mapping[str, Any]:
    properties = resource.get("Properties")
    return properties if isinstance(properties, Mapping) else {}


def _value(block: Block, value: object) -> object:
    """Return a property, or the argument of the parameter that it refers to."""
    parameters = block.body.get("parameters")
    if isinstance(value, Mapping) and set(value) == {"Ref"} and isinstance(parameters, Mapping):
        return parameters.get(value["Ref"], value)
    return value


def _holds_policy(resource: Mapping[str, Any]) -> bool:
    return any("Policy" in name or "Policies" in name for name in _properties(resource))
