"""Two regions of one spec as an operator holds them: each root applied in the written order, with written commands."""

import json
import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from capgen.pipeline import compile_spec
from tests.emulator.emulator import Emulator
from tests.emulator.override import environment, write_override
from tests.output.deployed import Deployed
from tests.terraform.harness import Terraform

_HANDING_OVER = re.compile(r"^```sh\n(for output in .*?^done\n)```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Pair:
    """The roots of a deployment by region, and the directory of its output."""

    directory: Path
    regions: Mapping[str, Deployed]

    @classmethod
    def create(cls, text: str, folder: Path, terraform: Terraform, emulator: Emulator) -> "Pair":
        """Build a spec into `folder`, plant what each region takes for granted, and initialise each root."""
        spec = folder / "spec.yaml"
        spec.write_text(text, encoding="utf-8")
        compiled = compile_spec(spec, folder / "out")
        assert compiled.directory is not None, compiled.diagnostics
        regions = {}
        for region in json.loads((compiled.directory / "manifest.json").read_text(encoding="utf-8"))["regions"]:
            root = compiled.directory / region
            emulator.plant_named_in(root, region)
            write_override(root, emulator.url)
            command = terraform.at(root, **environment(emulator.url))
            command.init().require()
            regions[region] = Deployed(spec, root, command, emulator)
        return cls(compiled.directory, regions)

    @property
    def order(self) -> list[str]:
        """The regions in the order of the manifest."""
        groups = json.loads((self.directory / "manifest.json").read_text(encoding="utf-8"))["apply_order"]
        return [region for group in groups for region in group]

    def at(self, region: str) -> Terraform:
        """Return Terraform in a region's root, with the variables that its runbook hands over."""
        deployed = self.regions[region]
        return deployed.terraform.at(deployed.root, **self.handed_over(region))

    def handed_over(self, region: str) -> dict[str, str]:
        """Run the runbook's own commands in the root, as a person would, and return what they export."""
        deployed = self.regions[region]
        found = _HANDING_OVER.search((deployed.root / "RUNBOOK.md").read_text(encoding="utf-8"))
        if found is None:
            return {}
        known = deployed.terraform.environment()
        known["PATH"] = f"{deployed.terraform.binary.parent}{os.pathsep}{known['PATH']}"
        ran = subprocess.run(
            ["bash", "-c", f"{found[1]}env -0"],
            check=True, capture_output=True, text=True, cwd=deployed.root, env=known,
        )  # fmt: skip
        exported = dict(line.split("=", 1) for line in ran.stdout.split("\0") if "=" in line)
        return {name: value for name, value in exported.items() if name.startswith("TF_VAR_primary_")}

    def edit(self, *changes: tuple[str, str], prepare: Iterable[str]) -> None:
        """Change the spec and compile it over the same output; the roots of the regions to `prepare` can then run.

        That they are initialised again first, which Terraform asks for, the runbook says too: a fast test reads it.
        """
        spec = next(iter(self.regions.values())).spec
        text = spec.read_text(encoding="utf-8")
        for old, new in changes:
            assert old in text, f"the spec has no {old!r}"
            text = text.replace(old, new)
        spec.write_text(text, encoding="utf-8")
        compiled = compile_spec(spec, self.directory.parent)
        assert compiled.directory is not None, compiled.diagnostics
        for deployed in (self.regions[region] for region in prepare):
            write_override(deployed.root, deployed.emulator.url)
            deployed.terraform.init().require()
