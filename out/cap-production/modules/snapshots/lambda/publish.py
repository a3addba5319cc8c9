"""Publish the snapshot helper script, which lies beside this file, into the snapshot bucket.

Part of capgen. Terraform invokes this function once when the deployment is made, and again when the script changes.
"""

import hashlib
import time
from pathlib import Path
from typing import Any

import boto3
from botocore.exceptions import ClientError

SCRIPT = Path(__file__).with_name("cap-snapshot.sh")
ATTEMPTS = 19
PAUSE = 5.0
"""Seconds between two attempts, 90 in all: IAM needs a while until a new policy holds everywhere.

https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot.html#troubleshoot_general_eventual-consistency
"""


def handler(event: dict[str, str], _context: object) -> dict[str, Any]:
    """Put the script under the event's bucket and key. The event names the script's digest, so that no other one is."""
    script = SCRIPT.read_bytes()
    digest = hashlib.sha256(script).hexdigest()
    if digest != event["sha256"]:
        raise ValueError(f"the script has SHA-256 {digest}, the event wants {event['sha256']}")
    response = _put(event["bucket"], event["key"], script)
    return {"key": event["key"], "sha256": digest, "version_id": response.get("VersionId")}


def _put(bucket: str, key: str, script: bytes) -> dict[str, Any]:
    s3 = boto3.client("s3")
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return dict(
                s3.put_object(
                    Bucket=bucket,
                    Key=key,
                    Body=script,
                    ContentType="text/x-shellscript",
                    ChecksumAlgorithm="SHA256",
                )
            )
        except ClientError as error:
            if error.response["Error"]["Code"] != "AccessDenied" or attempt == ATTEMPTS:
                raise
            print(f"attempt {attempt}: access to s3://{bucket}/{key} is denied as yet")
            time.sleep(PAUSE)
    raise AssertionError("unreachable: the last attempt returns or raises")
