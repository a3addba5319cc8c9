"""The deploy user's access key: what runs in the topology must not be able to read it.

Which secret holds it is decided elsewhere than the permission to read it, so this policy looks at several resources.
"""

import json
from collections.abc import Iterator
from fnmatch import fnmatchcase

from capgen.evaluate import reference
from capgen.findings import FindingSeverity
from capgen.scan.policies.policy import Policy, Subject, all_hold, is_unknown
from capgen.scan.policies.statements import IDENTITY_POLICIES, documents, statements

_READ = "secretsmanager:GetSecretValue"
#: What Secrets Manager puts behind a name to make an ARN.
_SUFFIX = "-a1b2c3"
_ARN_PARTS = 6


def _cannot_read_it(subject: Subject) -> bool | None:
    secrets = list(_deploy_secrets(subject))
    if not secrets:
        return True
    read = [statements(each) for each in documents(subject.type, subject.body)]
    reads = [each for found in read for each in found or () if each.allows and each.covers_action(_READ)]
    if any(each.not_resources for each in reads):
        return False
    verdicts = [_misses(text, name, origin) for each in reads for text in each.resources for name, origin in secrets]
    return all_hold([*verdicts, *(None for found in read if found is None)])


def _deploy_secrets(subject: Subject) -> Iterator[tuple[str, str]]:
    """Yield the name of each secret that holds an access key, and the resource that makes it."""
    for stack in subject.others("aws_cloudformation_stack"):
        if "AWS::IAM::AccessKey" in json.dumps(stack.body.get("template_body", "")):
            parameters = stack.body.get("parameters")
            name = parameters.get("SecretName") if isinstance(parameters, dict) else None
            yield str(name or "${}"), stack.name
    for version in subject.others("aws_secretsmanager_secret_version"):
        if any("${aws_iam_access_key." in str(version.body.get(name))
               for name in ("secret_string", "secret_string_wo")):  # fmt: skip
            made = reference(version.body.get("secret_id"))
            found = [each for each in subject.others("aws_secretsmanager_secret") if made and each.name == made[0]]
            yield from ((str(each.body.get("name", "${}")), each.name) for each in found)


def _misses(resource: str, name: str, origin: str) -> bool | None:
    """Say whether an ARN of a permission is not that of the secret."""
    named = reference(resource)
    if named is not None:
        return named[0] != origin if named[0].startswith("aws_") else None
    if origin in resource:
        return False
    if resource.startswith("${"):
        return None if not resource.startswith("${aws_") else True
    parts = resource.split(":", _ARN_PARTS - 1)
    if len(parts) < _ARN_PARTS:
        return not resource.endswith("*")
    if not fnmatchcase("secretsmanager", parts[2]):
        return True
    if parts[5].rstrip("*") in ("", "secret:"):
        return False
    if is_unknown(parts[5]) or is_unknown(name):
        return None
    return not fnmatchcase(f"secret:{name}{_SUFFIX}", parts[5])


POLICIES = (
    Policy(
        id="CAPGEN_13",
        title="Ensure nothing that runs can read the deploy user's secret",
        severity=FindingSeverity.CRITICAL,
        rationale="The deploy user's access key can move traffic and look into the cluster from anywhere, for as long "
        "as it lives. A task that can read it hands it to whoever breaks into the task.",
        link="https://docs.aws.amazon.com/secretsmanager/latest/userguide/auth-and-access_examples.html",
        fix="Name only the secrets that the role needs, or set identity.deploy_user to role: then there is no key.",
        spec="identity.deploy_user",
        types=tuple(type for type in IDENTITY_POLICIES if type != "aws_iam_user_policy"),
        arguments=("policy", "inline_policy"),
        holds=_cannot_read_it,
    ),
)
