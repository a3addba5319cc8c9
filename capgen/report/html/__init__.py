"""An assessment as one page that a reviewer opens in a browser."""

from capgen.report.html.page import html_page

__all__ = ["html_page"]
