"""What a card at a glance is made of."""

from dataclasses import dataclass
from typing import Literal

Tone = Literal["good", "warn", "bad", "plain"]


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line of a card, and how it is meant."""

    text: str
    tone: Tone = "plain"
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Fact:
    """A card: a question, its answer in lines, and the section of the page that tells more."""

    title: str
    lines: tuple[Line, ...]
    section: str
