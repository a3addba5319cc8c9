"""What the schema cannot say about the master password's source."""

import re
from collections.abc import Iterator

from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule

_PATH = ("database", "password")
_DEFAULT_KEY = "password"
_FULL_ARN = re.compile(r"-[A-Za-z0-9]{6}$")


def _secret_is_named(deployment: RegionalDeployment) -> Iterator[Problem]:
    password = deployment.database.password
    if password.source == "secret" and password.secret_arn is None:
        yield Problem(
            path=(*_PATH, "source"),
            message="database.password.source is secret, but database.password.secret_arn names none",
            value="secret",
            hint="set database.password.secret_arn",
        )


def _secret_is_used(deployment: RegionalDeployment) -> Iterator[Problem]:
    password = deployment.database.password
    if password.source == "secret":
        return
    hint = "set database.password.source to secret, or remove it"
    if password.secret_arn is not None:
        yield Problem(
            path=(*_PATH, "secret_arn"),
            message=f"database.password.secret_arn has no effect while database.password.source is {password.source}",
            value=password.secret_arn,
            hint=hint,
        )
    if password.secret_key != _DEFAULT_KEY:
        yield Problem(
            path=(*_PATH, "secret_key"),
            message=f"database.password.secret_key has no effect while database.password.source is {password.source}",
            value=password.secret_key,
            hint=hint,
        )


def _secret_in_region(deployment: RegionalDeployment) -> Iterator[Problem]:
    arn = deployment.database.password.secret_arn
    if arn is not None and arn.split(":")[3] != deployment.region:
        yield Problem(
            path=(*_PATH, "secret_arn"),
            message=f"the secret is in region {arn.split(':')[3]}, the deployment in {deployment.region}",
            value=arn,
            allowed=f"a secret in {deployment.region}",
            hint=f"give each region its own under regions.{deployment.region}.database.password.secret_arn",
        )


def _full_arn(deployment: RegionalDeployment) -> Iterator[Problem]:
    """Without its last six characters Terraform still finds the secret, but no IAM policy for it matches."""
    arn = deployment.database.password.secret_arn
    if arn is not None and not _FULL_ARN.search(arn):
        yield Problem(
            path=(*_PATH, "secret_arn"),
            message="the ARN lacks the hyphen and six characters that Secrets Manager ends it with",
            value=arn,
            allowed="the complete ARN, as AWS shows it",
            hint="aws secretsmanager describe-secret prints it",
        )


RULES = (
    Rule(id="secrets-secret-is-named", title="A password that comes from a secret names the secret",
         link="https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html",
         check=_secret_is_named),
    Rule(id="secrets-secret-is-used", title="A secret is named only where the password comes from it",
         link="https://docs.aws.amazon.com/secretsmanager/latest/userguide/whats-in-a-secret.html",
         check=_secret_is_used),
    Rule(id="secrets-secret-in-region", title="Tasks read secrets of their own region",
         link="https://docs.aws.amazon.com/AmazonECS/latest/developerguide/secrets-envvar-secrets-manager.html",
         check=_secret_in_region),
    Rule(id="secrets-full-arn", title="A secret is named by its complete ARN",
         link="https://docs.aws.amazon.com/secretsmanager/latest/userguide/troubleshoot.html#ARN_secretnamehyphen",
         check=_full_arn),
)  # fmt: skip
