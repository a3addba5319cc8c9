"""An assessment as pages that a reviewer opens in a browser."""

from capgen.report.html.fleet import html_pages
from capgen.report.html.page import html_page

__all__ = ["html_page", "html_pages"]
