"""CloudFormation stacks that keep a secret: they hand it to nobody, and a key of ours encrypts it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from capgen.findings import FindingSeverity
from capgen.scan.policies.policy import Policy, Subject, is_unknown

_KEY_ATTRIBUTE = "SecretAccessKey"
_KEEPER = "AWS::SecretsManager::Secret"
_JUDGED = frozenset({"AWS::IAM::AccessKey", _KEEPER})


def _keeps_its_secrets(subject: Subject) -> bool | None:
    template = _template(subject.body.get("template_body"))
    if template is None:
        return None
    outputs = template.get("Outputs") or {}
    if any(_KEY_ATTRIBUTE in text for text in _texts(outputs)):
        return False
    secrets = (each.get("Properties") or {} for each in _resources(template) if each.get("Type") == _KEEPER)
    return all("KmsKeyId" in properties for properties in secrets)


def _makes_what_is_judged(subject: Subject) -> bool | None:
    body = subject.body.get("template_body")
    template = _template(body)
    if template is None:
        return None if is_unknown(body) else False
    types = {str(each.get("Type")) for each in _resources(template)}
    return types <= _JUDGED and "Transform" not in template


def _resources(template: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the resources of a template. What is none stands as one without a type."""
    found = template.get("Resources") or {}
    listed = found.values() if isinstance(found, Mapping) else [found]
    return [each if isinstance(each, Mapping) else {} for each in listed]


def _template(value: object) -> Mapping[str, Any] | None:
    """Read a template in JSON. None for one in YAML, or one that only AWS knows."""
    if isinstance(value, str) and not is_unknown(value):
        value = _parsed(value) or _parsed(_parsed(f'"{value}"'))  # checkov's HCL parser leaves the escapes of a string
    return value if isinstance(value, Mapping) else None


def _parsed(text: object) -> Any:
    try:
        return json.loads(text, strict=False) if isinstance(text, str) else None
    except ValueError:
        return None


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, Mapping):
        value = [*value.keys(), *value.values()]
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        yield value


POLICIES = (
    Policy(
        id="CAPGEN_29",
        title="Ensure a stack hands out no secret that it keeps",
        severity=FindingSeverity.CRITICAL,
        rationale="A stack's outputs can be read by everyone who may describe it, and Terraform copies them into its "
        "state. A secret without a key of one's own is open to everyone in the account who may use Secrets Manager.",
        link="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/outputs-section-structure.html",
        fix="Remove the output, and encrypt the secret with the deployment's key.",
        spec="identity.deploy_user",
        types=("aws_cloudformation_stack",),
        arguments=("template_body",),
        holds=_keeps_its_secrets,
    ),
    Policy(
        id="CAPGEN_36",
        title="Ensure stacks make nothing that policy does not see",
        severity=FindingSeverity.HIGH,
        rationale="A template is text inside Terraform: roles, security groups and functions that it makes are judged "
        "by no check and counted in no flow. Only access keys and secrets stand there, as Terraform would keep them in "
        "its state.",
        link="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html",
        fix="Make the other resources in Terraform.",
        spec="identity.deploy_user",
        types=("aws_cloudcontrolapi_resource", "aws_cloudformation_stack", "aws_cloudformation_stack_set"),
        arguments=("template_body", "template_url", "type_name"),
        holds=_makes_what_is_judged,
    ),
)
