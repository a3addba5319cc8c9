"""What must be true of all regions together."""

from collections.abc import Iterator

from capgen.diagnostics import Diagnostic
from capgen.model.regional import DeploymentModel


def check_across_regions(model: DeploymentModel) -> Iterator[Diagnostic]:
    """Refuse one bucket name for two regions: the names of buckets are global.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html
    """
    first: dict[str, str] = {}
    for region in model.regions:
        bucket = region.values.snapshots.bucket
        if bucket is None:
            continue
        if bucket in first:
            yield Diagnostic(
                rule="deployment-bucket-per-region",
                message=f"regions {first[bucket]} and {region.values.region} would share the bucket {bucket}",
                location=region.sources.value_at("snapshots", "bucket"),
                path="snapshots.bucket",
                value=bucket,
                hint="leave snapshots.bucket out: the name is then made per region; or set it under each region",
                link="https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
            )
        first.setdefault(bucket, region.values.region)
