"""The compiled example as it runs in the emulator, to be changed in its files and by hand."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.emulator.emulator import Emulator
from tests.trees.edit import edit_json

REGION = "eu-west-1"


@dataclass(frozen=True, kw_only=True)
class Running:
    """A copy of the compiled example that is applied to the emulator."""

    tree: Path
    emulator: Emulator

    @property
    def root(self) -> Path:
        """The region's root."""
        return self.tree / REGION

    def edit(self, path: str, value: Any, file: str = f"{REGION}/main.tf.json") -> None:
        """Set one value in the tree."""
        edit_json(self.tree / file, path, value)

    def drop(self, file: str, type: str) -> None:
        """Take the resources of all types that begin with this one out of a file of the tree."""
        document = json.loads((self.tree / file).read_text(encoding="utf-8"))
        kept = {each: blocks for each, blocks in document["resource"].items() if not each.startswith(type)}
        self.edit("resource", kept, file)

    def client(self, service: str) -> Any:
        """Return a boto3 client."""
        return self.emulator.client(service, REGION)

    def group(self, name: str) -> str:
        """Return the id of a security group."""
        groups = self.client("ec2").describe_security_groups(Filters=[{"Name": "group-name", "Values": [name]}])
        return str(groups["SecurityGroups"][0]["GroupId"])
