"""Text as SARIF's message strings have it."""

import re
from typing import Any

from capgen.validate.words import printable


def message(*sentences: str) -> dict[str, Any]:
    """Return a message object of sentences. GitHub shows the first one as the title of an alert.

    Braces would be placeholders and brackets links: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html,
    3.11.5 and 3.11.6.
    """
    text = plain(*sentences)
    return {"text": re.sub(r"\](?=\()", r"\\]", text.replace("{", "{{").replace("}", "}}"))}


def plain(*sentences: str) -> str:
    """Join sentences, each with a full stop, without what does not print."""
    told = (printable(" ".join(sentence.split())) for sentence in sentences)
    return " ".join(each if each.endswith((".", "!", "?")) else f"{each}." for each in told if each) or "No text."
