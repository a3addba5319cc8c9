"""What the schema cannot say about encryption."""

from collections.abc import Iterator

from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule

_KMS_LINK = "https://docs.aws.amazon.com/kms/latest/developerguide/concepts.html#key-mgmt"


def _key_only_when_customer_managed(deployment: RegionalDeployment) -> Iterator[Problem]:
    encryption = deployment.encryption
    if encryption.kms_key_arn is not None and not encryption.customer_managed_key:
        yield Problem(
            path=("encryption", "kms_key_arn"),
            message="encryption.kms_key_arn names a customer managed key while encryption.customer_managed_key is off",
            value=encryption.kms_key_arn,
            hint="remove one of the two",
        )


def _key_in_region(deployment: RegionalDeployment) -> Iterator[Problem]:
    arn = deployment.encryption.kms_key_arn
    if arn is not None and arn.split(":")[3] != deployment.region:
        yield Problem(
            path=("encryption", "kms_key_arn"),
            message=f"the key is in region {arn.split(':')[3]}, the deployment in {deployment.region}",
            value=arn,
            allowed=f"a key in {deployment.region}",
            hint=f"give each region its own key under regions.{deployment.region}.encryption.kms_key_arn",
        )


RULES = (
    Rule(
        id="encryption-key-only-when-customer-managed",
        title="A key is named only where a customer managed key is used",
        link=_KMS_LINK,
        check=_key_only_when_customer_managed,
    ),
    Rule(
        id="encryption-key-in-region",
        title="A key encrypts in its own region only",
        link="https://docs.aws.amazon.com/kms/latest/developerguide/multi-region-keys-overview.html",
        check=_key_in_region,
    ),
)
