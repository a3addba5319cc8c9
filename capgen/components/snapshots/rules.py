"""What the schema cannot say about snapshots."""

import re
from collections.abc import Iterator

from capgen.diagnostics import Severity
from capgen.model.regional import RegionalDeployment
from capgen.model.rule import Problem, Rule

_NAMING_LINK = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html"
_ACCESS_LINK = "https://docs.aws.amazon.com/AmazonS3/latest/userguide/security_iam_service-with-iam.html"
_RESERVED_PREFIXES = ("xn--", "sthree-", "amzn-s3-demo-")
_RESERVED_SUFFIXES = ("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3")
_SCRIPTS = "scripts/"


def _bucket_name(deployment: RegionalDeployment) -> Iterator[Problem]:
    name = deployment.snapshots.bucket
    if name is None:
        return
    path = ("snapshots", "bucket")
    reserved = [part for part in _RESERVED_PREFIXES if name.startswith(part)]
    reserved += [part for part in _RESERVED_SUFFIXES if name.endswith(part)]
    if re.fullmatch(r"[0-9]{1,3}(\.[0-9]{1,3}){3}", name):
        yield Problem(path=path, message="a bucket cannot have the form of an IP address for a name", value=name)
    elif ".." in name:
        yield Problem(path=path, message="a bucket's name cannot hold two dots in a row", value=name)
    elif reserved:
        where = "begin" if name.startswith(reserved[0]) else "end"
        yield Problem(path=path, message=f'a bucket\'s name cannot {where} with "{reserved[0]}"', value=name,
                      hint="S3 keeps it for itself")  # fmt: skip
    elif "." in name:
        yield Problem(path=path, message="S3's certificate does not cover a name with dots, and the bucket is "
                      "reached over TLS only", value=name, hint="put hyphens in the place of the dots",
                      severity=Severity.WARNING)  # fmt: skip


def _gold_master_readable(deployment: RegionalDeployment) -> Iterator[Problem]:
    snapshots = deployment.snapshots
    key = snapshots.gold_master_key
    if key is None:
        return
    path = ("snapshots", "gold_master_key")
    if not key.startswith(snapshots.prefix):
        yield Problem(path=path, message="tasks cannot read the gold master: it is not under snapshots.prefix",
                      value=key,
                      allowed=f"a key that begins with {snapshots.prefix}",
                      hint="move the snapshot, or change snapshots.prefix")  # fmt: skip
    elif key.endswith("/"):
        yield Problem(path=path, message="the gold master is one object, not all that lies under a prefix", value=key)
    elif key == snapshots.helper_script_key:
        yield Problem(path=path, message="the gold master cannot be the helper script", value=key)


def _prefix(deployment: RegionalDeployment) -> Iterator[Problem]:
    prefix = deployment.snapshots.prefix
    path = ("snapshots", "prefix")
    if prefix.startswith(_SCRIPTS):
        yield Problem(path=path, message="scripts/ is where the helper script lies, not a place for snapshots",
                      value=prefix,
                      hint="take another prefix, such as snapshots/")  # fmt: skip
    if "*" in prefix:
        yield Problem(path=path, message="a * in the prefix would be a wildcard in the tasks' policy", value=prefix,
                      hint="take a prefix without *")  # fmt: skip


def _capture_apart_from_script(deployment: RegionalDeployment) -> Iterator[Problem]:
    """Whoever runs the helper script has more rights than a task, so no task may be able to change it."""
    snapshots = deployment.snapshots
    if snapshots.task_capture and snapshots.prefix == "":
        yield Problem(path=("snapshots", "task_capture"),
                      message="tasks that capture could overwrite everything in the bucket, the helper script included",
                      value="true", hint="set snapshots.prefix, for example to snapshots/")  # fmt: skip


def _destroyable_production(deployment: RegionalDeployment) -> Iterator[Problem]:
    if deployment.snapshots.force_destroy and deployment.environment == "production":
        yield Problem(path=("snapshots", "force_destroy"),
                      message="terraform destroy would delete every snapshot of a production deployment, old "
                      "versions too", value="true", hint="turn it on only to take the deployment down for good",
                      severity=Severity.WARNING)  # fmt: skip


RULES = (
    Rule(id="snapshots-bucket-name", title="The bucket has a name that S3 takes",
         link=_NAMING_LINK, check=_bucket_name),
    Rule(id="snapshots-gold-master-readable", title="Tasks can read the gold master",
         link=_ACCESS_LINK, check=_gold_master_readable),
    Rule(id="snapshots-prefix", title="The prefix holds snapshots alone, and names one place",
         link=_ACCESS_LINK, check=_prefix),
    Rule(id="snapshots-capture-apart-from-script", title="No task can change the helper script",
         link=_ACCESS_LINK, check=_capture_apart_from_script),
    Rule(id="snapshots-destroyable-production", title="A production deployment keeps its snapshots",
         link="https://docs.aws.amazon.com/AmazonS3/latest/userguide/delete-bucket.html",
         check=_destroyable_production),
)  # fmt: skip
