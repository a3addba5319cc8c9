"""The example in other forms: each turns on what the example leaves out, and together they reach every shape."""

from collections.abc import Mapping
from copy import deepcopy
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any

import yaml

from capgen.pipeline import compile_spec
from tests.output.example import example_spec, tree

ACCOUNT = "123456789012"
REGION = "eu-west-1"
CERTIFICATE = f"arn:aws:acm:{REGION}:{ACCOUNT}:certificate/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"
CONSOLE = f"arn:aws:iam::{ACCOUNT}:role/cap-console"
KEY = f"arn:aws:kms:{REGION}:{ACCOUNT}:key/0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"
SECRET = f"arn:aws:secretsmanager:{REGION}:{ACCOUNT}:secret:"

DNS = {"zone_id": "Z0123456789ABCDEFGHIJ", "name": "app.example.com"}

Patch = Mapping[str, Any]
"""What a variant says differently. Maps are merged, anything else replaces, and None takes a field out."""

_SECOND_REGION: Patch = {
    "network": {
        "vpc_id": "vpc-0b1b2c3d4e5f60718",
        "subnet_ids": ["subnet-0b1b2c3d4e5f60718", "subnet-0b1e2d3c4b5a69788"],
        "assign_public_ip": False,
        "nat_gateway": True,
    },
    "load_balancer": {"certificate_arn": CERTIFICATE.replace(REGION, "eu-central-1"), "access_logs": False},
    "encryption": {"customer_managed_key": False},
    "identity": {"deploy_user": "none"},
    "snapshots": {"publisher": "object"},
}

_STANDBY: Patch = {"network": _SECOND_REGION["network"], "scaling": {"desired_count": 0}}

_OF_EXISTING_VPC: Patch = dict.fromkeys(("vpc_id", "subnet_ids", "assign_public_ip"))

VARIANTS: Mapping[str, Patch] = {
    "https_certificate": {"load_balancer": {"certificate_arn": CERTIFICATE}},
    "deploy_role": {"identity": {"deploy_user": "role", "deploy_role_principals": [CONSOLE]}},
    "deploy_none": {"identity": {"deploy_user": "none"}},
    "publisher_object": {"snapshots": {"publisher": "object"}},
    "password_variable": {"database": {"password": {"source": "variable"}}},
    "password_secret": {"database": {"password": {"source": "secret", "secret_arn": f"{SECRET}cap/database-AbCdEf"}}},
    "existing_kms_key": {"encryption": {"kms_key_arn": KEY}},
    "aws_keys": {"encryption": {"customer_managed_key": False}},
    "gold_master": {
        "snapshots": {"bucket": "acme-gold", "prefix": "gold/", "gold_master_key": "gold/a.zip", "task_capture": True}
    },
    "container_health_check": {"agent": {"health_check": {"command": ["CMD-SHELL", "curl -f localhost:8080"]}}},
    "ephemeral_storage": {"agent": {"ephemeral_storage": 40}},
    "read_only_root": {"agent": {"readonly_root_filesystem": True, "execute_command": False}},
    "external_owners": {"deployment": {"desired_count_owner": "external", "task_definition_owner": "external"}},
    "s3_backend": {"state": {"backend": "s3", "bucket": "acme-terraform-state", "kms_key_id": KEY}},
    "access_logs_off": {"load_balancer": {"access_logs": False}},
    "two_regions": {"regions": {"eu-central-1": _SECOND_REGION}},
    "development": {"environment": "development"},
    "staging": {"environment": "staging"},
    "fenced_in": {
        "account_id": ACCOUNT,
        "tags": {"cost-centre": "1234"},
        "identity": {"permissions_boundary": f"arn:aws:iam::{ACCOUNT}:policy/boundary"},
    },
    "other_registry": {
        "agent": {
            "image": "registry.example.com:5000/team/cap-agent:1.0.0",
            "environment": {"JAVA_OPTS": "-Xmx1g"},
            "secrets": {"CAP_LICENCE": {"secret_arn": f"{SECRET}licence-AbCdEf", "key": "licence"}},
        },
        "access": {"egress": [{"cidr": "0.0.0.0/0", "port": port, "description": "AWS"} for port in (443, 5000)]},
    },
    "new_vpc": {
        "regions": {
            "eu-west-1": {
                "network": {
                    **_OF_EXISTING_VPC,
                    "vpc": {"cidr_block": "10.20.0.0/16", "availability_zones": ["eu-west-1a", "eu-west-1b"]},
                }
            }
        },
    },
    "new_vpc_endpoints_only": {
        "agent": {"image": f"{ACCOUNT}.dkr.ecr.eu-west-1.amazonaws.com/cap/agent:1.0.0"},
        "load_balancer": {"internal": True},
        "regions": {
            "eu-west-1": {
                "network": {
                    **_OF_EXISTING_VPC,
                    "vpc": {
                        "cidr_block": "192.168.0.0/22",
                        "availability_zones": ["eu-west-1c", "eu-west-1a", "eu-west-1b"],
                        "nat_gateways": "none",
                    },
                    "vpc_endpoints": ["ecr.api", "ecr.dkr", "s3", "secretsmanager", "logs", "ssmmessages", "kms"],
                }
            }
        },
    },
    "dns_simple": {"dns": DNS},
    "dns_latency": {
        "dns": {**DNS, "routing": "latency", "health_check": {"path": "/health", "request_interval": 10}},
        "regions": {"eu-central-1": _SECOND_REGION},
    },
    "dns_weighted": {
        "dns": {
            **DNS,
            "routing": "weighted",
            "weight": 10,
            "assume_role": {"role_arn": "arn:aws:iam::210987654321:role/dns"},
            "health_check": {"enabled": False},
        },
        "load_balancer": {"internal": True},
    },
    "standby": {
        "regions": {"eu-central-1": _STANDBY},
        "state": {"backend": "s3", "bucket": "acme-terraform-state", "region": "eu-north-1"},
        "disaster_recovery": {"primary_region": REGION, "references": "remote_state"},
        "dns": {**DNS, "routing": "failover"},
    },
    "standby_of_files": {
        "regions": {"eu-central-1": _STANDBY},
        "encryption": {"customer_managed_key": False},
        "disaster_recovery": {"primary_region": REGION, "database_replica": False, "snapshot_replication": False},
    },
    "standby_of_snapshots": {
        "regions": {"eu-central-1": _STANDBY},
        "encryption": {"customer_managed_key": False},
        "disaster_recovery": {"primary_region": REGION, "database_replica": False, "file_replication": False},
    },
    "restored_database": {
        "database": {
            "snapshot_identifier": "cap-2026-01-31",
            "monitoring_interval": 0,
            "performance_insights_enabled": False,
            "parameters": {"log_statement": "none"},
        }
    },
}  # fmt: skip


_NEEDED_NO_MORE: Mapping[str, frozenset[str]] = {
    "https_certificate": frozenset({"CKV_AWS_2", "CKV_AWS_103", "CKV2_AWS_20", "CKV_AWS_378"}),
    "deploy_role": frozenset({"CKV_AWS_273", "CKV_AWS_40", "CKV_AWS_124"}),
    "deploy_none": frozenset({"CKV_AWS_273", "CKV_AWS_40", "CKV_AWS_124"}),
    "publisher_object": frozenset({"CKV_AWS_115", "CKV_AWS_116", "CKV_AWS_117", "CKV_AWS_272"}),
    "password_secret": frozenset({"CKV2_AWS_57"}),
    "read_only_root": frozenset({"CKV_AWS_336"}),
    "dns_weighted": frozenset({"CKV2_AWS_28"}),
    "new_vpc": frozenset({"CKV_AWS_333"}),
    "new_vpc_endpoints_only": frozenset({"CKV_AWS_333", "CKV2_AWS_28"}),
}
"""The checks whose waivers a variant has to give up, as the comments of the spec say: they would match nothing."""


class _QuotedText(yaml.SafeDumper):
    """Writes every text in quotes: PyYAML is of YAML 1.1, which has other bare words for numbers than YAML 1.2."""


_QuotedText.add_representer(
    str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"')
)  # fmt: skip


def patched(spec: str, patch: Patch) -> str:
    """Return a spec's text with a patch laid over it."""
    return yaml.dump(_merged(yaml.safe_load(spec), patch), Dumper=_QuotedText, sort_keys=False)


def variant_spec(name: str) -> str:
    """Return the text of a variant's spec."""
    dropped = _NEEDED_NO_MORE.get(name, frozenset())
    waivers = yaml.safe_load(example_spec())["policy"]["waivers"]
    kept = [waiver for waiver in waivers if waiver["check"] not in dropped]
    return patched(example_spec(), {**VARIANTS[name], "policy": {"waivers": kept}})


@cache
def compiled_variant(name: str) -> Mapping[str, bytes]:
    """Return every file that a variant compiles to, by path below `out/<deployment>`."""
    with TemporaryDirectory() as folder:
        spec = Path(folder) / "spec.yaml"
        spec.write_text(variant_spec(name), encoding="utf-8")
        compiled = compile_spec(spec, Path(folder) / "out")
        assert compiled.directory is not None, compiled.diagnostics
        return MappingProxyType(tree(compiled.directory))


def _merged(base: dict[str, Any], patch: Patch) -> dict[str, Any]:
    merged = deepcopy(base)
    for key, value in patch.items():
        if value is None:
            merged.pop(key, None)
        elif isinstance(value, Mapping):
            below = merged.get(key)
            merged[key] = _merged(below if isinstance(below, dict) else {}, value)
        else:
            merged[key] = value
    return merged
