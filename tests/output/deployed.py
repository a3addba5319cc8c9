"""A deployment as an operator holds it: a spec, its output, and Terraform in a region's root turned to the emulator."""

from dataclasses import dataclass
from pathlib import Path

from capgen.pipeline import build
from tests.emulator.emulator import Emulator
from tests.emulator.override import environment, write_override
from tests.terms import TERMS
from tests.terraform.harness import Terraform


@dataclass(frozen=True)
class Deployed:
    """The spec can be edited and built again; what Terraform keeps beside the root stays."""

    spec: Path
    root: Path
    terraform: Terraform
    emulator: Emulator

    @classmethod
    def create(cls, text: str, folder: Path, terraform: Terraform, emulator: Emulator, **variables: str) -> "Deployed":
        """Build a spec of one region into `folder`, plant what it takes for granted, and initialise its root."""
        spec = folder / "spec.yaml"
        spec.write_text(text, encoding="utf-8")
        built = build(spec, folder / "out", TERMS)
        assert built.compiled.directory is not None, built.diagnostics
        (region,) = (each.region for each in built.assessment.regions)
        root = built.compiled.directory / region
        emulator.plant_named_in(root, region)
        write_override(root, emulator.url)
        command = terraform.at(root, **environment(emulator.url), **variables)
        command.init().require()
        command.validate().require()
        return cls(spec, root, command, emulator)

    @property
    def region(self) -> str:
        """The region's code."""
        return self.root.name

    def edit(self, old: str, new: str) -> None:
        """Change the spec and build it over the same output, as an operator does between two applies."""
        text = self.spec.read_text(encoding="utf-8")
        assert old in text, f"the spec has no {old!r}"
        self.spec.write_text(text.replace(old, new), encoding="utf-8")
        built = build(self.spec, self.root.parents[1], TERMS)
        assert built.compiled.directory is not None, built.diagnostics

    def apply_first(self) -> "Deployed":
        """Plan into first.tfplan and apply that. The emulator must have an answer to every call."""
        plan = self.root / "first.tfplan"
        self.terraform.plan(f"-out={plan}").require(2)
        applied = self.terraform.apply(str(plan)).require()
        print(f"apply: {applied.seconds:.0f} s")
        assert self.emulator.unanswered() == []
        return self

    def kept(self) -> str:
        """Return everything that Terraform keeps: its state and backups of it."""
        return "\n".join(path.read_text(encoding="utf-8") for path in sorted(self.root.glob("terraform.tfstate*")))
