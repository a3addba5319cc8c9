"""What is known of AWS's regions: the one place that reads the tables about them, `schemas/aws/region*.json`.

A region that the tables do not list, since it is younger than they are, still has a partition: its code has the form
that AWS gave the codes of that partition, and the AWS provider derives the partition in the same way. Everything else
about it is not known. Output that needs a partition or its DNS suffix asks Terraform (`data.aws_partition`), never this
module: here are the facts that rules and reports judge by.

docs/regions.md says what the tables hold and how they are built.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass

from capgen.resources import table

_REGIONS, _SERVICES, _VALIDATION = "aws/regions.json", "aws/region_services.json", "aws/region_validation.json"


@dataclass(frozen=True, kw_only=True)
class Region:
    """A region by its code, such as eu-west-1.

    `listed` says that the tables know it. `partition` is None where no partition has codes of that form. None as
    `services` or `dns_suffix` is what is not known; `opt_in` says that an account has to enable the region before its
    first use, and `meters_marketplace` that AWS Marketplace can be told there of the use of a paid image. A region that
    is not listed is taken to have the endpoint and to be enabled.
    """

    code: str
    listed: bool
    partition: str | None
    dns_suffix: str | None
    opt_in: bool
    meters_marketplace: bool
    services: frozenset[str] | None


def facts_of(code: str) -> Region:
    """Return what is known of a region."""
    known = table(_REGIONS)["regions"].get(code)
    partition = partition_of(code)
    services = table(_SERVICES)["regions"].get(code)
    return Region(
        code=code,
        listed=known is not None,
        partition=partition,
        dns_suffix=table(_REGIONS)["partitions"][partition]["dns_suffix"] if partition else None,
        opt_in=bool(known and known["opt_in"]),
        meters_marketplace=known is None or bool(known["marketplace_metering"]),
        services=None if services is None else frozenset(services),
    )


def partition_of(code: str) -> str | None:
    """Return the partition of a region: the table's, else that whose codes have this form, else None."""
    known = table(_REGIONS)["regions"].get(code)
    if known is not None:
        return str(known["partition"])
    for name, partition in table(_REGIONS)["partitions"].items():
        if re.fullmatch(partition["region_pattern"], code):
            return str(name)
    return None


def listed_regions() -> Collection[str]:
    """Return the codes of the regions that the table knows, sorted."""
    codes: Collection[str] = table(_REGIONS)["regions"].keys()
    return codes


def table_date() -> str:
    """Return the day of the tables, as YYYY-MM-DD."""
    return str(table(_REGIONS)["date"])


def service_title(service: str) -> str:
    """Return what a service of `Region.services` is called."""
    return str(table(_SERVICES)["services"][service])


def dns_suffixes() -> tuple[str, ...]:
    """Return the DNS suffixes of all partitions, each once, the longest first."""
    suffixes = {str(partition["dns_suffix"]) for partition in table(_REGIONS)["partitions"].values()}
    return tuple(sorted(suffixes, key=lambda suffix: (-len(suffix), suffix)))


def provider_validates(code: str) -> bool:
    """Say whether the oldest AWS provider that the output allows has a region on its own list of regions."""
    return _is_on_list_of("provider", code)


def backend_validates(code: str) -> bool:
    """Say whether the backend `s3` of the Terraform that the table was measured with has a region on its list."""
    return _is_on_list_of("backend", code)


def _is_on_list_of(part: str, code: str) -> bool:
    return code in table(_REGIONS)["regions"] and code not in table(_VALIDATION)[part]["refuses"]
