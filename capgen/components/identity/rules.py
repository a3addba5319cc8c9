"""What the schema cannot say about principals."""

import re
from collections.abc import Iterator

from capgen.components.identity.arn import parse_arn
from capgen.diagnostics import Severity
from capgen.load import SpecPath
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule
from capgen.region_facts import partition_of

_PRINCIPALS_LINK = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"
_SECRETS_LINK = "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html"
_TRUSTED = {
    "iam": ("root", "user/", "role/"),
    "sts": ("assumed-role/", "federated-user/"),
}
"""What may assume a role, by the service of its ARN. Groups and instance profiles are no principals."""


def _principals_with_role_only(deployment: RegionalDeployment) -> Iterator[Problem]:
    identity = deployment.identity
    if identity.deploy_user == "role" and not identity.deploy_role_principals:
        yield Problem(
            path=("identity", "deploy_user"),
            message="identity.deploy_user is role, but identity.deploy_role_principals names no one who may assume it",
            value="role",
            hint="set identity.deploy_role_principals to the ARN of the role or user that the CAP Console runs as",
        )
    if identity.deploy_user != "role" and identity.deploy_role_principals:
        yield Problem(
            path=("identity", "deploy_role_principals"),
            message=f"deploy_role_principals has no effect while identity.deploy_user is {identity.deploy_user}",
            value=", ".join(identity.deploy_role_principals),
            hint="set identity.deploy_user to role, or remove identity.deploy_role_principals",
        )


def _trustworthy_principals(deployment: RegionalDeployment) -> Iterator[Problem]:
    for index, text in enumerate(deployment.identity.deploy_role_principals):
        path: SpecPath = ("identity", "deploy_role_principals", index)
        arn = parse_arn(text)
        kinds = _TRUSTED[arn.service]
        if "*" in text or "?" in text:
            yield Problem(path=path, message="a principal that may assume the deploy role is named with a wildcard",
                          value=text, allowed="the full ARN of a role or user",
                          hint="AWS refuses a wildcard here; name each principal")  # fmt: skip
        elif not any(arn.resource == kind or (kind.endswith("/") and arn.resource.startswith(kind)) for kind in kinds):
            yield Problem(path=path, message=f"{arn.resource} is nothing that can assume a role", value=text,
                          allowed=f"root, or an ARN whose last part begins with {_listed()}")  # fmt: skip


def _listed() -> str:
    kinds = [kind for kinds in _TRUSTED.values() for kind in kinds if kind.endswith("/")]
    return f"{', '.join(kinds[:-1])} or {kinds[-1]}"


def _boundary(deployment: RegionalDeployment) -> Iterator[Problem]:
    boundary = deployment.identity.permissions_boundary
    if boundary is None:
        return
    path: SpecPath = ("identity", "permissions_boundary")
    owner = parse_arn(boundary).account_id
    if deployment.account_id is not None and owner not in (deployment.account_id, "aws"):
        yield Problem(path=path, message=f"the permissions boundary belongs to account {owner}, "
                      f"the deployment to {deployment.account_id}", value=boundary,
                      allowed=f"a policy of account {deployment.account_id}, or one that AWS manages")  # fmt: skip


def _secrets(deployment: RegionalDeployment) -> Iterator[tuple[SpecPath, str]]:
    for name, secret in sorted(deployment.agent.secrets.items()):
        yield ("agent", "secrets", name, "secret_arn"), secret.secret_arn


def _full_secret_arns(deployment: RegionalDeployment) -> Iterator[Problem]:
    """Secrets Manager adds a hyphen and six characters to every name; a policy matches the ARN that has them."""
    for path, text in _secrets(deployment):
        if not re.search(r"-[A-Za-z0-9]{6}$", text):
            yield Problem(path=path, message="the ARN of the secret lacks its last seven characters: the task "
                          "execution role could not read it", value=text,
                          allowed="a full ARN, which ends as in licence-AbCdEf",
                          hint="aws secretsmanager describe-secret --query ARN prints it")  # fmt: skip


def _secrets_in_region(deployment: RegionalDeployment) -> Iterator[Problem]:
    for path, text in _secrets(deployment):
        arn = parse_arn(text)
        if arn.region != deployment.region and arn.partition == partition_of(deployment.region):
            yield Problem(path=path, message=f"the secret is in {arn.region}: tasks in {deployment.region} start only "
                          f"while {arn.region} can be reached", value=text, allowed=f"a secret in {deployment.region}",
                          hint="replicate the secret, and name the replica under "
                          f"regions.{deployment.region}.agent.secrets", severity=Severity.WARNING)  # fmt: skip


RULES = (
    Rule(id="identity-deploy-role-principals", title="A deploy role has someone who may assume it, and only it does",
         link=_PRINCIPALS_LINK, check=_principals_with_role_only),
    Rule(id="identity-trustworthy-principals", title="Whoever may assume the deploy role is named in full",
         link=_PRINCIPALS_LINK, check=_trustworthy_principals),
    Rule(id="identity-permissions-boundary", title="The permissions boundary is a policy that the account can use",
         link="https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies_boundaries.html", check=_boundary),
    Rule(id="identity-full-secret-arn", title="A secret is named by its full ARN",
         link=_SECRETS_LINK, check=_full_secret_arns),
    Rule(id="identity-secret-in-region", title="A secret is in the region of the tasks that read it",
         link=_SECRETS_LINK, check=_secrets_in_region),
)  # fmt: skip
