"""`capgen pipeline`: the workflows of CI services, and what their jobs call."""

import typer

from capgen.cli.pipeline_github import github_command
from capgen.cli.pipeline_gitlab import gitlab_command
from capgen.cli.pipeline_jobs import comment_command, waves_command

pipeline_app = typer.Typer(
    no_args_is_help=True,
    help="Write a CI service's workflow: check, build, scan, plan what a change touches, judge the plan, apply.",
)
pipeline_app.command("github")(github_command)
pipeline_app.command("gitlab")(gitlab_command)
pipeline_app.command("waves")(waves_command)
pipeline_app.command("comment")(comment_command)
