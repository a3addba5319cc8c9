"""Write the workflow for GitHub Actions."""

import json
from collections.abc import Sequence
from dataclasses import asdict

from capgen.ci.command import command
from capgen.ci.github.actions import uses
from capgen.ci.options import PipelineOptions, Platform, Tool
from capgen.ci.roots import Root
from capgen.ci.template import render, shell
from capgen.ci.waves import earlier

_TOOL_VERSIONS = {Tool.TERRAFORM: "~1.13", Tool.TOFU: "~1.11"}


def github_workflow(options: PipelineOptions, *, file: str, waves: int, password: bool) -> str:
    """Return the workflow. `waves` is how many all regions make.

    `password` says that a spec takes its database password from a variable.
    """
    words = command(Platform.GITHUB, options)
    return render(
        "capgen.ci.github",
        "workflow.yml.j2",
        {
            "options": options,
            "command": shell([*words, "--output", file]),
            "check": shell([*words, "--output", file, "--check"]),
            "specs": shell(options.specs),
            "out": shell([options.out]),
            "judging": shell(options.judging),
            "allowances": shell([options.allowances]),
            "environment_name": shell([options.environment_name]),
            "tool": options.tool.value,
            "tool_version": options.tool_version or _TOOL_VERSIONS[options.tool],
            "runner": options.runner,
            "uses": uses(options.pins),
            "waves": list(range(1, max(waves, 1) + 1)),
            "password": password,
        },
    )


def outputs(waves: Sequence[Sequence[Root]], declared: int) -> str:
    """Return the lines for GITHUB_OUTPUT: `wave_1=[…]` and so on, as many as the workflow has jobs for."""
    chosen = [root for wave in waves for root in wave]
    entries = [
        [{**asdict(root), "after": ", ".join(each.region for each in earlier(root, chosen))} for root in wave]
        for wave in [*waves, *([] for _ in range(declared - len(waves)))]
    ]
    return "".join(f"wave_{number}={json.dumps(wave)}\n" for number, wave in enumerate(entries, start=1))
