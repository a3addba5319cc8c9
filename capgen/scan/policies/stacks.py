"""CloudFormation stacks that keep a secret: they hand it to nobody, and a key of ours encrypts it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from capgen.findings import FindingSeverity
from capgen.scan.policies.policy import Policy, Subject, is_unknown

_KEY_ATTRIBUTE = "SecretAccessKey"
_KEEPER = "AWS::SecretsManager::Secret"


def _keeps_its_secrets(subject: Subject) -> bool | None:
    template = _template(subject.body.get("template_body"))
    if template is None:
        return None
    outputs = template.get("Outputs") or {}
    if any(_KEY_ATTRIBUTE in text for text in _texts(outputs)):
        return False
    resources = (each for each in (template.get("Resources") or {}).values() if isinstance(each, Mapping))
    secrets = (each.get("Properties") or {} for each in resources if each.get("Type") == _KEEPER)
    return all("KmsKeyId" in properties for properties in secrets)


def _template(value: object) -> Mapping[str, Any] | None:
    """Read a template in JSON. None for one in YAML, or one that only AWS knows."""
    if isinstance(value, str) and not is_unknown(value):
        try:
            value = json.loads(value)
        except ValueError:
            return None
    return value if isinstance(value, Mapping) else None


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
)
