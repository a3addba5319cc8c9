# ruff: noqa: INP001 - a script, beside the data it makes
"""Build `region_services.json`: which of the services that capgen compiles for each region offers.

`build_tables.py` runs this; docs/regions.md says how. A region offers a service where botocore has an endpoint of it
there, or where cfn-lint lists its resource types for the region: both follow AWS with some delay, and what one knows
the other may not. A service that a partition has once, such as IAM, is offered where botocore's rules for its endpoint
name the partition. To regions that it has no list of, cfn-lint gives that of us-east-1; such a copy says nothing.
"""

from __future__ import annotations

import argparse
import json
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import botocore
import botocore.session

if TYPE_CHECKING:
    from collections.abc import Mapping

TARGET = Path(__file__).resolve().parent / "region_services.json"
MODEL = "us-east-1"

HEAD = {
    "description": (
        "The services that each region offers, of those that a deployment may use. services: what each is called. "
        "Neither source knows where Fargate runs tasks, nor where it does on ARM64: of both, ECS is all that they tell."
    ),
    "source": [
        "https://github.com/boto/botocore/blob/develop/botocore/data/endpoints.json",
        "https://github.com/aws-cloudformation/cfn-lint",
    ],
}
#: Per service: what it is called, botocore's name of its endpoint, and a type by which cfn-lint knows it.
SERVICES = {
    "acm": ("AWS Certificate Manager", "acm", "AWS::CertificateManager::Certificate"),
    "cloudformation": ("AWS CloudFormation", "cloudformation", "AWS::CloudFormation::Stack"),
    "ec2": ("Amazon EC2 and VPC", "ec2", "AWS::EC2::VPC"),
    "ecr": ("Amazon ECR", "api.ecr", "AWS::ECR::Repository"),
    "ecs": ("Amazon ECS", "ecs", "AWS::ECS::Service"),
    "efs": ("Amazon EFS", "elasticfilesystem", "AWS::EFS::FileSystem"),
    "elbv2": ("Elastic Load Balancing", "elasticloadbalancing", "AWS::ElasticLoadBalancingV2::LoadBalancer"),
    "iam": ("AWS IAM", "iam", "AWS::IAM::Role"),
    "kms": ("AWS KMS", "kms", "AWS::KMS::Key"),
    "lambda": ("AWS Lambda", "lambda", "AWS::Lambda::Function"),
    "logs": ("CloudWatch Logs", "logs", "AWS::Logs::LogGroup"),
    "rds": ("Amazon RDS", "rds", "AWS::RDS::DBInstance"),
    "route53": ("Amazon Route 53", "route53", "AWS::Route53::RecordSet"),
    "s3": ("Amazon S3", "s3", "AWS::S3::Bucket"),
    "secretsmanager": ("AWS Secrets Manager", "secretsmanager", "AWS::SecretsManager::Secret"),
    "sts": ("AWS STS", "sts", ""),
}
#: Services that a partition has once, and botocore's rules for their endpoints.
GLOBAL = ("iam", "route53")


def from_botocore() -> dict[str, set[str]]:
    """Return the services with an endpoint, by region."""
    session = botocore.session.get_session()
    rules = {name: _partitions_of(session.get_component("data_loader"), name) for name in GLOBAL}
    found: dict[str, set[str]] = {}
    for partition in session.get_data("endpoints")["partitions"]:
        for region in partition["regions"]:
            found[region] = {
                name
                for name, (_, endpoint, _) in SERVICES.items()
                if region in partition["services"].get(endpoint, {}).get("endpoints", {})
                or partition["partition"] in rules.get(name, ())
            }
    return found


def _partitions_of(loader: Any, service: str) -> set[str]:
    """Return the partitions that the rules for a service's endpoint name."""
    text = json.dumps(loader.load_service_model(service, "endpoint-rule-set-1"))
    names = {each["id"] for each in loader.load_data("partitions")["partitions"]}
    return {name for name in names if f'"{name}"' in text}


def from_cfn_lint() -> dict[str, set[str]]:
    """Return the services whose resource types a region has, by region."""
    folder = files("cfnlint") / "data" / "schemas" / "providers"
    lists = {
        file.name.removesuffix(".json"): set(json.loads(file.read_text(encoding="utf-8")))
        for file in folder.iterdir()
        if file.name.endswith(".json") and "-" in file.name
    }
    known = {region: types for region, types in lists.items() if region == MODEL or types != lists[MODEL]}
    return {
        region: {name for name, (_, _, type) in SERVICES.items() if type in types} for region, types in known.items()
    }


def build() -> str:
    """Return the table as text, one line for each service and region."""
    endpoints, types = from_botocore(), from_cfn_lint()
    date = json.loads((TARGET.parent / "regions.json").read_text(encoding="utf-8"))["date"]
    head = {**HEAD, "date": date, "botocore": botocore.__version__, "cfn_lint": version("cfn-lint")}
    lines = [f" {json.dumps(key)}: {json.dumps(value)}," for key, value in head.items()]
    regions = {region: sorted(endpoints[region] | types.get(region, set())) for region in sorted(endpoints)}
    blocks = [_block("services", {key: name for key, (name, _, _) in SERVICES.items()}), _block("regions", regions)]
    return "\n".join(["{", *lines, ",\n".join(blocks), "}", ""])


def _block(name: str, rows: Mapping[str, Any]) -> str:
    written = ",\n".join(f"  {json.dumps(key)}: {json.dumps(row)}" for key, row in rows.items())
    return f" {json.dumps(name)}: {{\n{written}\n }}"


def main(arguments: list[str] | None = None) -> int:
    """Write the table, or with --check compare it."""
    parser = argparse.ArgumentParser(description="Build the table of the services that each region offers.")
    parser.add_argument("--check", action="store_true", help="write nothing; exit 1 if region_services.json differs")
    text = build()
    if parser.parse_args(arguments).check:
        agrees = TARGET.is_file() and TARGET.read_text(encoding="utf-8") == text
        installed = f"botocore {botocore.__version__}, cfn-lint {version('cfn-lint')}"
        print(f"region_services.json: {'agrees' if agrees else 'differs'} ({installed})")
        return 0 if agrees else 1
    TARGET.write_text(text, encoding="utf-8")
    print("region_services.json: written")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
