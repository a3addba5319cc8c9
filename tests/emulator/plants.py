"""What must exist before a root is applied, planted in moto under exactly the ids that a spec names."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from moto.acm.models import acm_backends
from moto.ec2.models import ec2_backends
from moto.moto_api._internal import mock_random
from moto.route53.models import route53_backends
from moto.utilities.utils import get_partition

_ONE_AT_A_TIME = threading.Lock()


def plant(region: str, wanted: dict[str, Any]) -> None:
    """Plant a VPC with its subnets and security groups, certificates, and hosted zones by id and domain name."""
    account = wanted["account"]
    with _ONE_AT_A_TIME:
        if "vpc" in wanted:
            _network(ec2_backends[account][region], wanted["vpc"], wanted["subnets"], wanted["security_groups"])
        for arn in wanted.get("certificates", []):
            _certificate(acm_backends[account][arn.split(":")[3]], arn)
        for zone, name in wanted.get("hosted_zones", {}).items():
            _hosted_zone(route53_backends[account][get_partition(region)], zone, name)


def _network(backend: Any, vpc: str, subnets: list[str], groups: list[str]) -> None:
    """Give the VPC 10.0.0.0/16, and each subnet a /24 in the region's next zone."""
    zones = [zone.name for zone in backend.describe_availability_zones()]
    with _next_id("vpcs.random_vpc_id", vpc):
        backend.create_vpc("10.0.0.0/16")
    for number, subnet in enumerate(subnets):
        with _next_id("subnets.random_subnet_id", subnet):
            zone = zones[number % len(zones)]
            backend.create_subnet(vpc, f"10.0.{number}.0/24", availability_zone=zone)
    for group in groups:
        with _next_id("security_groups.random_security_group_id", group):
            backend.create_security_group(f"planted-{group}", "Planted", vpc_id=vpc)


def _certificate(backend: Any, arn: str) -> None:
    created = backend.request_certificate("planted.example.com", mock_random.get_random_hex(), [], [])
    bundle = backend._certificates.pop(created)
    bundle.arn, bundle.status = arn, "ISSUED"
    backend._certificates[arn] = bundle


def _hosted_zone(backend: Any, zone: str, name: str) -> None:
    with mock.patch("moto.route53.models.HostedZoneIdentifier.generate", return_value=zone):
        backend.create_hosted_zone(name, private_zone=False)


@contextmanager
def _next_id(generator: str, wanted: str) -> Iterator[None]:
    """Make moto's generator of ids return the wanted one.

    The region's backend must exist by then: its default VPC would take the id.
    """
    with mock.patch(f"moto.ec2.models.{generator}", return_value=wanted):
        yield
