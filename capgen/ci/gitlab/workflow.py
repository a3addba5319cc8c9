"""Write the pipeline for GitLab: what does not depend on which regions a change touches."""

import json
from typing import Any

from capgen.ci.command import command
from capgen.ci.options import PipelineOptions, Platform, Tool
from capgen.ci.template import render, shell

_TOOL_IMAGES = {Tool.TERRAFORM: ("hashicorp/terraform", "1.13"), Tool.TOFU: ("ghcr.io/opentofu/opentofu", "1.11")}


def gitlab_pipeline(options: PipelineOptions, *, file: str) -> str:
    """Return the pipeline. Its job `affected` writes a second one, with the regions, when it runs."""
    words = command(Platform.GITLAB, options)
    return render(
        "capgen.ci.gitlab",
        "workflow.yml.j2",
        {
            **common(options),
            "command": shell([*words, "--output", file]),
            "command_words": shell(words),
            "check": shell([*words, "--output", file, "--check"]),
            "specs": shell(options.specs),
            "out": shell([options.out]),
        },
    )


def common(options: PipelineOptions) -> dict[str, Any]:
    """Return what both files are rendered with."""
    image, version = _TOOL_IMAGES[options.tool]
    return {
        "options": options,
        "branch": json.dumps(options.default_branch),
        "image": options.image or f"python:{options.python_version}",
        "judging": shell(options.judging),
        "allowances": shell([options.allowances]),
        "tool": options.tool.value,
        "tool_image": options.tool_image or f"{image}:{options.tool_version or version}",
    }
