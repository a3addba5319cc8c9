"""An assessment as Markdown, for a comment on a pull request."""

from capgen.report.markdown.page import markdown

__all__ = ["markdown"]
