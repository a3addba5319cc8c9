"""A user's text in GitHub's Markdown: shown as it is, and nothing happens."""

import re
from urllib.parse import quote, urlsplit

from capgen.validate.words import printable, shorten

_LONGEST = 600
"""Characters of one text that are shown: one long reason must not push everything else out."""

_SPECIAL = re.compile(r"([\\`*_\[\]|~$])")
_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}

#: Where GitHub would make a mention, a reference or a picture of what follows, though Markdown's own escapes are set.
_GITHUB = re.compile(r"[@#](?=\S)|:(?=[a-z0-9_+-]+:)|\bGH-(?=\d)")
_BREAK = "&#8203;"


def escaped(text: str) -> str:
    """Escape a text for a paragraph, a list or a table: no markup, no HTML, no mention, on one line."""
    line = shorten(printable(" ".join(text.split())), _LONGEST)
    line = _SPECIAL.sub(r"\\\1", re.sub("[&<>]", lambda found: _HTML[found[0]], line))
    return _GITHUB.sub(lambda found: found[0] + _BREAK, line)


def code(text: str) -> str:
    """Write a text as code, on one line. A pipe would end a table's cell even here."""
    line = shorten(printable(" ".join(text.split())), _LONGEST).replace("|", "\\|")
    fence = "`" * (max(map(len, re.findall("`+", line)), default=0) + 1)
    pad = " " if line.startswith("`") or line.endswith("`") or not line else ""
    return f"{fence}{pad}{line}{pad}{fence}"


def web_address(link: str) -> str | None:
    """Return a link with all but a URL's own characters percent-encoded, or None for anything but a web page."""
    try:
        parts = urlsplit(link)
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or not re.fullmatch(r"[A-Za-z0-9.-]+(:[0-9]+)?", parts.netloc):
        return None
    return quote(link, safe="/:?#=&%~+,;@!$*'", errors="surrogatepass")
