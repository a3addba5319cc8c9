"""The outputs that one region's root may take from another's."""

from collections.abc import Mapping
from dataclasses import dataclass

from capgen.topology import outputs
from capgen.topology.plan import RootOutput

DATABASE_ARN = "database_arn"
FILE_SYSTEM_ID = "file_system_id"
KMS_KEY_ARN = "kms_key_arn"
SNAPSHOT_BUCKET_NAME = "snapshot_bucket_name"


@dataclass(frozen=True, kw_only=True)
class RemoteOutput:
    """An output of the root that gives, and what the root that takes holds it to.

    `form` is a pattern in which {region} stands for the region that gives: a value of another kind, or of the wrong
    region, is refused before anything is planned with it.
    """

    output: RootOutput
    form: str


REMOTE_OUTPUTS: Mapping[str, RemoteOutput] = {
    found.output.name: found
    for found in (
        RemoteOutput(
            output=RootOutput(name=DATABASE_ARN, description="ARN of the database", value=outputs.DATABASE_ARN),
            form="^arn:[a-z-]+:rds:{region}:[0-9]{{12}}:db:",
        ),
        RemoteOutput(
            output=RootOutput(name=FILE_SYSTEM_ID, description="ID of the file system", value=outputs.FILE_SYSTEM_ID),
            form="^fs-[0-9a-f]+$",
        ),
        RemoteOutput(
            output=RootOutput(
                name=KMS_KEY_ARN, description="ARN of the customer managed key", value=outputs.KMS_KEY_ARN
            ),
            form="^arn:[a-z-]+:kms:{region}:[0-9]{{12}}:key/",
        ),
        RemoteOutput(
            output=RootOutput(
                name=SNAPSHOT_BUCKET_NAME,
                guide_key="SnapshotBucketName",
                description="S3 bucket for configuration snapshots",
                value=outputs.SNAPSHOT_BUCKET_NAME,
            ),
            form="^[a-z0-9][a-z0-9.-]+$",
        ),
    )
}
"""By name. One that every root has anyway, such as the guide's, is not written twice."""
