"""One deployment in several partitions, each region with an account, a role and a state of its own."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import yaml

from capgen.assess.root import read_root
from capgen.evaluate import Flattened
from capgen.pipeline import compile_spec
from tests.output.example import example_spec, tree
from tests.output.variants import patched

YOUNG = "ap-central-9"
PARTITIONS: Mapping[str, str] = {
    "cn-north-1": "aws-cn",
    "cn-northwest-1": "aws-cn",
    "eu-west-1": "aws",
    "us-gov-west-1": "aws-us-gov",
    "ap-southeast-6": "aws",
    YOUNG: "aws",
}
SUFFIXES: Mapping[str, str] = {"aws-cn": "amazonaws.com.cn"}
ACCOUNTS: Mapping[str, str] = {
    region: f"{number}{number}{number}{number}" * 3 for number, region in enumerate(PARTITIONS, 1)
}


def role(region: str, name: str = "terraform") -> str:
    """Return the ARN of a role in a region's account."""
    return f"arn:{PARTITIONS[region]}:iam::{ACCOUNTS[region]}:role/{name}"


def _of(region: str) -> dict[str, Any]:
    suffix = SUFFIXES.get(PARTITIONS[region], "amazonaws.com")
    image = f"{ACCOUNTS[region]}.dkr.ecr.{region}.{suffix}/cap/agent:1.0.0"
    return {
        "account_id": ACCOUNTS[region],
        "assume_role": {"role_arn": role(region), "external_id": "capgen", "session_name": "capgen"},
        "agent": {"image": image},
        "state": {"bucket": f"acme-state-{region}", "assume_role": {"role_arn": role(region, "state")}},
        **({"allow_unlisted_region": True} if region == YOUNG else {}),
    }


def spec() -> str:
    """Return the text of the spec."""
    network = yaml.safe_load(example_spec())["regions"]["eu-west-1"]["network"]
    regions = {region: {**_of(region), "network": network} for region in PARTITIONS}
    return patched(example_spec(), {"regions": regions, "state": {"backend": "s3"}})


@cache
def compiled() -> Mapping[str, bytes]:
    """Return every file that the spec compiles to, by path below `out/<deployment>`."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "spec.yaml"
        path.write_text(spec(), encoding="utf-8")
        result = compile_spec(path, Path(folder) / "out")
        assert result.directory is not None, result.diagnostics
        return tree(result.directory)


@cache
def flattened(region: str) -> Flattened:
    """Return a region without modules, its values worked out."""
    with TemporaryDirectory() as folder:
        for path, content in compiled().items():
            target = Path(folder) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        read = read_root(Path(folder) / region, Path(folder))
        assert not read.diagnostics, read.diagnostics
        return read.flattened
