"""What there is to plan: every region's root, with what a pipeline needs to know of it."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from capgen.diagnostics import Diagnostic
from capgen.model.regional import DeploymentModel, RegionModel
from capgen.write.manifest import read_manifest

_PRIMARY = "primary_"
"""How a variable begins that stands for an output of the primary's root."""


@dataclass(frozen=True, kw_only=True)
class Root:
    """A region of a deployment. `step` counts from 0 in the manifest's order of application; `directory` is POSIX.

    `takes` are the outputs of the root in `source`, separated by spaces, that a pipeline hands over to this one.
    """

    deployment: str
    region: str
    directory: str
    environment: str
    account: str
    step: int
    source: str = ""
    takes: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What names it among all roots."""
        return self.deployment, self.region


def find_roots(
    models: Iterable[DeploymentModel], out: str, environment_name: str
) -> tuple[list[Root], list[Diagnostic]]:
    """Return the roots of all deployments, sorted, and what stands in the way of applying them from a pipeline."""
    roots: list[Root] = []
    diagnostics: list[Diagnostic] = []
    for model in models:
        manifest = read_manifest(Path(out) / model.name)
        if manifest is None:
            diagnostics.append(_not_built(model.name, out))
            continue
        steps = _steps(manifest)
        for region in model.regions:
            diagnostics += _local_state(region)
            if region.values.region not in steps:
                diagnostics.append(_not_built(f"{model.name}/{region.values.region}", out))
            else:
                roots.append(_root(region, out, environment_name, steps[region.values.region]))
    return sorted(roots, key=lambda root: root.key), diagnostics


def _steps(manifest: dict[str, Any]) -> dict[str, int]:
    order = manifest.get("apply_order") or [manifest.get("regions", [])]
    return {region: step for step, regions in enumerate(order) for region in regions}


def _root(region: RegionModel, out: str, environment_name: str, step: int) -> Root:
    values = region.values
    account = values.account_id or ""
    named = {
        "deployment": values.name, "environment": values.environment, "region": values.region, "account": account,
    }  # fmt: skip
    environment = environment_name
    for placeholder, value in named.items():
        environment = environment.replace(f"{{{placeholder}}}", value)
    folder = PurePosixPath(out) / values.name
    takes = _takes(Path(folder / values.region))
    recovery = values.disaster_recovery
    return Root(
        deployment=values.name, region=values.region, environment=environment, account=account, step=step,
        directory=(folder / values.region).as_posix(),
        source=(folder / recovery.primary_region).as_posix() if recovery and takes else "",
        takes=" ".join(takes),
    )  # fmt: skip


def _takes(directory: Path) -> list[str]:
    """Return the primary's outputs that a root has variables for: `references` is `variables` there."""
    file = directory / "variables.tf.json"
    variables = json.loads(file.read_text(encoding="utf-8"))["variable"] if file.is_file() else {}
    return sorted(name.removeprefix(_PRIMARY) for name in variables if name.startswith(_PRIMARY))


def _not_built(name: str, out: str) -> Diagnostic:
    return Diagnostic(
        rule="pipeline-not-built",
        message=f"{name} has no output in {out}/, so that nothing is known of its order of application",
        hint=f"run capgen build and commit {out}/",
    )


def _local_state(region: RegionModel) -> Iterable[Diagnostic]:
    if region.values.state.backend == "local":
        yield Diagnostic(
            rule="pipeline-local-state",
            message=f"the state of {region.values.name} in {region.values.region} is a local file, which a pipeline's "
                    "machine takes with it",
            location=region.sources.value_at("state", "backend"),
            path="state.backend",
            value="local",
            allowed="s3",
            hint="keep the state in a bucket: state.backend: s3",
            link="https://developer.hashicorp.com/terraform/language/backend/s3",
        )  # fmt: skip
