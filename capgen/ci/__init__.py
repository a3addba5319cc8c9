"""Pipelines of CI services for a repository that holds specs and their committed output.

`options` says what a pipeline is like, `roots` what there is to plan, `waves` in which order; `github/` and `gitlab/`
write the files of the two services. `comment` makes one bounded Markdown of many reviews.
"""

from capgen.ci.affected import read_affected
from capgen.ci.checked import Checked, check_file
from capgen.ci.comment import comment
from capgen.ci.github.actions import ACTIONS
from capgen.ci.github.workflow import github_workflow, outputs
from capgen.ci.gitlab.regions import regions_pipeline
from capgen.ci.gitlab.workflow import gitlab_pipeline
from capgen.ci.options import PipelineOptions, Platform, Tool, problems
from capgen.ci.roots import Root, find_roots
from capgen.ci.waves import waves

__all__ = [
    "ACTIONS",
    "Checked",
    "PipelineOptions",
    "Platform",
    "Root",
    "Tool",
    "check_file",
    "comment",
    "find_roots",
    "github_workflow",
    "gitlab_pipeline",
    "outputs",
    "problems",
    "read_affected",
    "regions_pipeline",
    "waves",
]
