# ruff: noqa: INP001 - a part of a script, beside the data it makes
"""Ask the real Terraform and the real provider, offline, what they would do with many resources at once."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from schemas.provider.extract import run_terraform

_PER_FILE = 15
"""Resources in one file: Terraform parses the whole file again for each problem that it finds in it."""

_NAME = re.compile(r"\.trial_(\d+)\b")
_PROVIDER_SETTINGS = {
    "region": "eu-west-1",
    "access_key": "testing",
    "secret_key": "testing",
    "skip_credentials_validation": True,
    "skip_requesting_account_id": True,
    "skip_metadata_api_check": "true",
    "skip_region_validation": True,
    "max_retries": 0,
}


@dataclass(frozen=True, kw_only=True)
class Subject:
    """One resource to plan. `exists` is None where it does not exist yet."""

    type: str
    config: Mapping[str, Any]
    exists: Mapping[str, Any] | None = None


@dataclass(frozen=True, kw_only=True)
class Planner:
    """A directory with the provider installed, and the version of each type's schema."""

    work: Path
    provider: str
    versions: Mapping[str, int]

    def plan(self, subjects: Mapping[int, Subject]) -> tuple[dict[int, dict[str, Any]], dict[int, str]]:
        """Return the `change` of each resource, and for those that cannot be planned, why.

        One that cannot be planned is left out, and the others are planned again, until there is no error.
        """
        refused: dict[int, str] = {}
        while True:
            live = {number: subject for number, subject in subjects.items() if number not in refused}
            found = self._refused(live)
            if not found:
                return self._changes(), refused
            refused |= found

    def _refused(self, subjects: Mapping[int, Subject]) -> dict[int, str]:
        self._write(subjects)
        output = run_terraform(self.work, "plan", "-refresh=false", "-input=false", "-lock=false", "-json",
                               "-out=trial.tfplan", may_fail=True)  # fmt: skip
        refused = {}
        for problem in _errors(output):
            context = problem.get("snippet", {}).get("context")
            named = _NAME.search(f"{problem.get('address', '')} {context} {problem.get('detail', '')}")
            if named is None:
                raise ValueError(f"terraform plan failed: {problem}")
            refused[int(named[1])] = problem["summary"]
        return refused

    def _changes(self) -> dict[int, dict[str, Any]]:
        shown = json.loads(run_terraform(self.work, "show", "-json", "trial.tfplan"))
        named = ((_NAME.search(f".{change['name']}"), change["change"]) for change in shown["resource_changes"])
        return {int(name[1]): change for name, change in named if name is not None}

    def _write(self, subjects: Mapping[int, Subject]) -> None:
        for file in self.work.glob("trial*"):
            file.unlink()
        resources = [{subject.type: {f"trial_{number}": subject.config}} for number, subject in subjects.items()]
        for index in range(0, len(resources), _PER_FILE):
            some = {"resource": resources[index : index + _PER_FILE]}
            (self.work / f"trial_{index}.tf.json").write_text(json.dumps(some, indent=1), encoding="utf-8")
        unknown = {"resource": {"terraform_data": {"unknown": {"input": "${timestamp()}"}}}}
        common = unknown | {"provider": {"aws": _PROVIDER_SETTINGS}}
        (self.work / "trial.tf.json").write_text(json.dumps(common), encoding="utf-8")
        state = {"version": 4, "serial": 1, "lineage": "trial", "resources": list(self._existing(subjects))}
        (self.work / "terraform.tfstate").write_text(json.dumps(state), encoding="utf-8")

    def _existing(self, subjects: Mapping[int, Subject]) -> Iterator[dict[str, Any]]:
        for number, subject in subjects.items():
            if subject.exists is not None:
                instance = {"schema_version": self.versions[subject.type], "attributes": subject.exists}
                yield {"mode": "managed", "type": subject.type, "name": f"trial_{number}",
                       "provider": f'provider["{self.provider}"]', "instances": [instance]}  # fmt: skip


def _errors(output: str) -> Iterator[dict[str, Any]]:
    for line in output.splitlines():
        problem = json.loads(line).get("diagnostic", {})
        if problem.get("severity") == "error":
            yield problem
