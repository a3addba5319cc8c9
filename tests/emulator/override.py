"""Turn a copy of a generated root to the emulator, without touching the files that were generated."""

import json
from pathlib import Path
from typing import Any

OVERRIDE = "emulator_override.tf.json"

SERVICES = (
    *("acm", "appautoscaling", "backup", "cloudcontrolapi", "cloudformation", "cloudwatch", "cloudwatchlogs"),
    *("ec2", "ecr", "ecs", "efs", "elbv2", "events", "iam", "kms", "lambda", "rds", "resourcegroupstaggingapi"),
    *("route53", "s3", "s3control", "scheduler", "secretsmanager", "servicediscovery", "sns", "sqs", "ssm", "sts"),
    *("wafv2",),
)
"""The provider's names of the services that a root may ask; `AWS_ENDPOINT_URL` covers a service that is not here."""


def write_override(root: Path, endpoint: str) -> Path:
    """Write the override beside the root's files: every AWS provider of the root, and a local backend.

    Terraform merges an override block by block and argument by argument, so region, default tags and account ids stay
    those of the generated root.
    """
    aws = [_provider(alias, endpoint) for alias in sorted(_aliases(root))]
    override = {"terraform": {"backend": {"local": {"path": "terraform.tfstate"}}}, "provider": {"aws": aws}}
    path = root / OVERRIDE
    path.write_text(json.dumps(override, indent=2, sort_keys=True) + "\n", encoding="utf-8")
    return path


def environment(endpoint: str) -> dict[str, str]:
    """Return the variables of a run against the emulator.

    They keep every call of the provider on loopback, whatever the override leaves out, and let more resources wait at
    once: most of a run is the provider's own fixed waits.
    """
    parallel = {f"TF_CLI_ARGS_{command}": "-parallelism=40" for command in ("apply", "plan", "destroy")}
    return {"AWS_ENDPOINT_URL": endpoint, **parallel}


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
    for path in (each for each in root.glob("*.tf.json") if each.name != OVERRIDE):
        blocks = json.loads(path.read_text(encoding="utf-8")).get("provider", {})
        for block in blocks if isinstance(blocks, list) else [blocks]:
            aws = block.get("aws", [])
            found |= {each.get("alias", "") for each in (aws if isinstance(aws, list) else [aws])}
    return found
