"""The emulator as a test holds it: a subprocess, its URL, and what can be asked of it."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

REPOSITORY = Path(__file__).resolve().parents[2]

ACCOUNT = "123456789012"
"""The account that the emulator is, unless it is started as another one."""

_VPC, _SUBNET, _GROUP = (re.compile(rf"\b{kind}-[0-9a-f]{{8,17}}\b") for kind in ("vpc", "subnet", "sg"))
_CERTIFICATE = re.compile(r"\barn:aws[a-z-]*:acm:[a-z0-9-]+:\d{12}:certificate/[0-9a-f-]+")


@dataclass(frozen=True)
class Emulator:
    """A running emulator."""

    url: str
    log: Path

    @classmethod
    @contextmanager
    def started(cls, log: Path, account: str | None = ACCOUNT) -> Iterator[Self]:
        """Start one on a free port of loopback, and end it, by its own pid, on the way out.

        As None it is every account: who has assumed a role is in the role's account, everybody else in ACCOUNT.
        """
        kept = {name: os.environ[name] for name in ("PATH", "HOME", "TMPDIR") if name in os.environ}
        environment = kept | {"PYTHONPATH": str(REPOSITORY)} | ({"MOTO_ACCOUNT_ID": account} if account else {})
        with (
            log.open("w", encoding="utf-8") as written,
            subprocess.Popen(
                [sys.executable, "-m", "tests.emulator.server"],
                cwd=REPOSITORY,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=written,
                text=True,
            ) as process,
        ):
            try:
                assert process.stdout is not None
                url = process.stdout.readline().strip()
                assert url, f"the emulator did not start:\n{log.read_text(encoding='utf-8')}"
                yield cls(url, log)
            finally:
                process.terminate()

    def reset(self) -> None:
        """Forget everything that was created, planted or asked for."""
        self._post("/moto-api/reset", {})

    def roll_back(self, service: str) -> None:
        """Make ECS behave as if the circuit breaker rolled back the service's next task definition."""
        self._post("/moto-api/capgen/rollback", {"service": service})

    def plant(
        self,
        region: str,
        *,
        vpc: str | None = None,
        subnets: Sequence[str] = (),
        security_groups: Sequence[str] = (),
        certificates: Sequence[str] = (),
        hosted_zones: Mapping[str, str] | None = None,
        account: str = ACCOUNT,
    ) -> None:
        """Make things exist under the ids that a spec names; hosted zones are given as id to domain name."""
        network = {"vpc": vpc, "subnets": list(subnets), "security_groups": list(security_groups)} if vpc else {}
        others = {"certificates": list(certificates), "hosted_zones": dict(hosted_zones or {})}
        self._post("/moto-api/capgen/plant", {"region": region, "account": account, **network, **others})

    def plant_named_in(
        self, root: Path, region: str, hosted_zones: Mapping[str, str] | None = None, account: str = ACCOUNT
    ) -> None:
        """Plant the VPC, subnets, security groups and certificates whose ids occur in the root's own files."""
        text = "\n".join(path.read_text(encoding="utf-8") for path in sorted(root.glob("*.tf*")))
        vpc, subnets, groups, certificates = (
            sorted(set(pattern.findall(text))) for pattern in (_VPC, _SUBNET, _GROUP, _CERTIFICATE)
        )
        assert len(vpc) <= 1, f"the root names more than one VPC: {vpc}"
        self.plant(
            region,
            vpc=next(iter(vpc), None),
            subnets=subnets,
            security_groups=groups,
            certificates=certificates,
            hosted_zones=hosted_zones,
            account=account,
        )

    def client(self, service: str, region: str) -> Any:
        """Return a boto3 client of the emulator."""
        import boto3
        from botocore.config import Config

        return boto3.client(
            service,
            region_name=region,
            endpoint_url=self.url,
            config=Config(retries={"total_max_attempts": 1}),
            aws_access_key_id="testing",
            aws_secret_access_key="testing",
        )

    def empty_bucket(self, bucket: str, region: str) -> None:
        """Delete every version of every object, such as the access logs that keep a bucket from being destroyed."""
        s3 = self.client("s3", region)
        for page in s3.get_paginator("list_object_versions").paginate(Bucket=bucket):
            for version in [*page.get("Versions", []), *page.get("DeleteMarkers", [])]:
                s3.delete_object(Bucket=bucket, Key=version["Key"], VersionId=version["VersionId"])

    def unanswered(self) -> list[str]:
        """Return the requests since the last reset that moto could not answer: gaps that no patch fills yet."""
        told: list[str] = self._post("/moto-api/capgen/unanswered", {})
        return told

    def _post(self, path: str, body: Mapping[str, Any]) -> Any:
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(), method="POST")
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=60) as answer:
            return json.load(answer)
