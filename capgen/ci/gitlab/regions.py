"""Write GitLab's second pipeline: the jobs of each region that a change touches."""

from collections.abc import Sequence
from typing import Any

from capgen.ci.gitlab.workflow import common
from capgen.ci.options import PipelineOptions
from capgen.ci.roots import Root
from capgen.ci.template import render
from capgen.ci.waves import earlier


def regions_pipeline(options: PipelineOptions, roots: Sequence[Root]) -> str:
    """Return the pipeline. A region is planned once those of its deployment that go before it are applied."""
    regions = [_region(root, roots) for root in roots]
    steps = sorted({region["step"] for region in regions}) or [1]
    return render(
        "capgen.ci.gitlab",
        "regions.yml.j2",
        {
            **common(options),
            "regions": regions,
            "stages": [f"{job} {step}" for step in steps for job in ("plan", "judge", "apply")] + ["comment"],
        },
    )


def _region(root: Root, roots: Sequence[Root]) -> dict[str, Any]:
    before = earlier(root, roots)
    review = f"reviews/{root.deployment}/{root.region}"
    return {
        "name": _name(root),
        "directory": root.directory,
        "environment": root.environment,
        "review": review,
        "step": root.step + 1,
        "earlier": [_name(each) for each in before],
        "variables": {
            "DEPLOYMENT": root.deployment,
            "REGION": root.region,
            "AWS_REGION": root.region,
            "ACCOUNT": root.account,
            "DIRECTORY": root.directory.replace("$", "$$"),  # GitLab expands variables in the values of variables
            "SOURCE": root.source.replace("$", "$$"),
            "TAKES": root.takes,
            "REVIEW": review,
            "AFTER": ", ".join(each.region for each in before),
        },
    }


def _name(root: Root) -> str:
    return f"{root.deployment} {root.region}"
