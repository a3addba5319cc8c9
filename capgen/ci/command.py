"""The command that writes a pipeline again: in its header, in its own check, and in GitLab's run for the regions."""

from capgen.ci.options import PipelineOptions, Platform

_DEFAULTS = PipelineOptions()
_BOTH = {
    "default_branch": "--default-branch", "tool_version": "--tool-version", "python_version": "--python-version",
    "requirement": "--requirement", "environment_name": "--environment-name", "allowances": "--allowances",
}  # fmt: skip
_OWN = {
    Platform.GITHUB: {"runner": "--runner"},
    Platform.GITLAB: {"image": "--image", "tool_image": "--tool-image"},
}


def command(platform: Platform, options: PipelineOptions) -> list[str]:
    """Return the words of the command, without the file that it writes. What is as by default is left out."""
    words = ["capgen", "pipeline", platform.value, *options.specs]
    if options.out != _DEFAULTS.out:
        words += ["--out", options.out]
    if options.tool is not _DEFAULTS.tool:
        words += [f"--{options.tool.value}"]
    for name, option in {**_BOTH, **_OWN[platform]}.items():
        if getattr(options, name) != getattr(_DEFAULTS, name):
            words += [option, getattr(options, name)]
    if options.retention_days != _DEFAULTS.retention_days:
        words += ["--retention-days", str(options.retention_days)]
    if platform is Platform.GITHUB:
        words += [] if options.code_scanning else ["--no-code-scanning"]
        words += [word for action, commit in sorted(options.pins.items()) for word in ("--pin", f"{action}={commit}")]
    return [*words, *options.judging]
