"""Turn a copy of a generated root to the emulator, without touching the files that were generated."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

OVERRIDE = "emulator_override.tf.json"
UNPROTECTED = "unprotected_override.tf.json"

_UNPROTECTED_ARGUMENTS: dict[str, bool | int] = {
    "deletion_protection": False,
    "enable_deletion_protection": False,
    "force_destroy": True,
    "recovery_window_in_days": 0,
    "skip_final_snapshot": True,
}

SERVICES = (
    "accessanalyzer acm appautoscaling autoscaling backup ce cloudcontrolapi cloudformation cloudfront cloudtrail "
    "cloudwatch cloudwatchlogs configservice ec2 ecr ecs efs elasticache elbv2 events firehose guardduty iam inspector2 "
    "kinesis kms lambda organizations ram rds resourcegroups resourcegroupstaggingapi route53 route53resolver s3 "
    "s3control scheduler secretsmanager securityhub servicediscovery servicequotas sfn sns sqs ssm sts wafv2 xray"
).split()
"""The provider's names of the services that a root may ask; `AWS_ENDPOINT_URL` covers a service that is not here."""


def write_override(root: Path, endpoint: str) -> Path:
    """Write the override beside the root's files: every AWS provider of the root, and a local backend.

    Terraform merges an override block by block and argument by argument, so region, default tags and account ids stay
    those of the generated root.
    """
    aws = [_provider(alias, endpoint) for alias in sorted(_aliases(root))]
    override = {"terraform": {"backend": {"local": {"path": "terraform.tfstate"}}}, "provider": {"aws": aws}}
    return _write(root / OVERRIDE, override)


def allow_destroy(directory: Path) -> None:
    """Take the protection off everything below the directory that a destroy, or a second apply, would stop at.

    It writes an override beside the files of each module that protects something: `prevent_destroy`, deletion protection,
    final snapshots, objects left in a bucket, and the recovery window of a secret.
    """
    for module in sorted({path.parent for path in directory.rglob("*.tf.json")}):
        bodies = [_read(path).get("resource", {}) for path in sorted(module.glob("*.tf.json"))]
        found = {
            kind: {name: changed for name, body in named.items() if (changed := _unprotected(body))}
            for body_of_kinds in bodies
            for kind, named in body_of_kinds.items()
        }
        resources = {kind: named for kind, named in found.items() if named}
        if resources:
            _write(module / UNPROTECTED, {"resource": resources})


def environment(endpoint: str) -> dict[str, str]:
    """Return the variables that keep every call of the provider on loopback, whatever the override leaves out."""
    return {"AWS_ENDPOINT_URL": endpoint, "AWS_REQUEST_CHECKSUM_CALCULATION": "when_required"}


def _provider(alias: str, endpoint: str) -> dict[str, Any]:
    named = {"alias": alias} if alias else {}
    return named | {
        "access_key": "testing",
        "secret_key": "testing",
        "skip_credentials_validation": True,
        "skip_metadata_api_check": "true",
        "skip_region_validation": True,
        "skip_requesting_account_id": False,
        "s3_use_path_style": True,
        "max_retries": 2,
        "endpoints": [dict.fromkeys(SERVICES, endpoint)],
    }


def _aliases(root: Path) -> set[str]:
    """Return the alias of each AWS provider block of the root; the default one, which has none, is the empty string."""
    found = {""}
    for path in root.glob("*.tf.json"):
        blocks = _read(path).get("provider", {})
        for block in blocks if isinstance(blocks, list) else [blocks]:
            aws = block.get("aws", [])
            found |= {each.get("alias", "") for each in (aws if isinstance(aws, list) else [aws])}
    return found


def _unprotected(body: dict[str, Any]) -> dict[str, Any]:
    """Return the arguments that take the protection off one resource; nothing where it has none."""
    changed: dict[str, Any] = {name: free for name, free in _UNPROTECTED_ARGUMENTS.items() if name in body}
    lifecycle = body.get("lifecycle", {})
    if "prevent_destroy" in (lifecycle[0] if isinstance(lifecycle, list) else lifecycle):
        changed["lifecycle"] = {"prevent_destroy": False}
    return changed


def _read(path: Path) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return document


def _write(path: Path, document: dict[str, Any]) -> Path:
    path.write_text(json.dumps(document, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return path
