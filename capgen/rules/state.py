"""Rules of where Terraform keeps the state."""

from collections.abc import Iterator

from capgen.diagnostics import Severity
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule
from capgen.region_facts import facts_of, partition_of
from capgen.rules.regions import not_listed

_LINK = "https://developer.hashicorp.com/terraform/language/backend/s3"


def _bucket(deployment: RegionalDeployment) -> Iterator[Problem]:
    state = deployment.state
    if state.backend == "s3" and state.bucket is None:
        yield Problem(path=("state", "backend"), message="state.backend is s3, but state.bucket names no bucket",
                      value="s3", hint="set state.bucket")  # fmt: skip
    if state.backend == "s3":
        return
    role = state.assume_role.role_arn if state.assume_role else None
    settings = {"bucket": state.bucket, "region": state.region, "kms_key_id": state.kms_key_id, "assume_role": role}
    for name, value in settings.items():
        if value is not None:
            yield Problem(path=("state", name), message=f"state.{name} has no effect while state.backend is local",
                          value=value, hint=f"set state.backend to s3, or remove state.{name}")  # fmt: skip


def _region(deployment: RegionalDeployment) -> Iterator[Problem]:
    code = deployment.state.region
    if code is None or code == deployment.region or deployment.state.backend == "local":
        return
    facts = facts_of(code)
    if not facts.listed and not (deployment.allow_unlisted_region and facts.partition):
        yield not_listed(code, ("state", "region"), f"regions.{deployment.region}.allow_unlisted_region")
    elif partition_of(deployment.region) not in (facts.partition, None):
        yield Problem(
            path=("state", "region"),
            message=f"the state is in partition {facts.partition}, the deployment in {deployment.region} in "
            f"{partition_of(deployment.region)}: credentials are valid in one partition only",
            value=code,
            hint=f"set state.bucket and state.region under regions.{deployment.region}; or hand terraform init "
            "credentials for the state apart from the provider's, with -backend-config",
            severity=Severity.WARNING,
        )


def _key(deployment: RegionalDeployment) -> Iterator[Problem]:
    """S3 encrypts an object with a key of the bucket's own region."""
    state = deployment.state
    key, home = state.kms_key_id, state.region or deployment.region
    if state.backend == "s3" and key is not None and key.startswith("arn:") and key.split(":")[3] != home:
        yield Problem(
            path=("state", "kms_key_id"),
            message=f"the key is in region {key.split(':')[3]}, the state's bucket in {home}",
            value=key,
            allowed=f"a key in {home}",
            hint="set state.region to the bucket's region, where it is not that of the deployment",
        )


RULES = (
    Rule(id="deployment-state-bucket", title="A state in S3 has a bucket", link=_LINK, check=_bucket),
    Rule(id="deployment-state-region", title="The state's bucket is in a region that the same credentials reach",
         link=_LINK, check=_region),
    Rule(id="deployment-state-key", title="The state's key is in the region of its bucket",
         link="https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html", check=_key),
)  # fmt: skip
