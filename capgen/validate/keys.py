"""What to say about a key that should not be there."""

import re
from collections.abc import Iterable
from difflib import get_close_matches

from capgen.load import dotted
from capgen.validate.expected import MOST_KEYS, listed
from capgen.validate.field import declared_keys, without_region
from capgen.validate.violation import Violation
from capgen.validate.words import quoted

_MOST_CANDIDATES = 3
_SHORTEST_WORD = 3
_SIMILARITY = 0.7
"""More than values need: the keys of other sections are many, and a wrong hint is worse than none."""


def known_keys(unknown: Violation) -> str:
    """List the keys beside an unknown one; where there are many, those that share a word with it come first."""
    known = list(declared_keys(unknown.schema.at(unknown.path[:-1])))
    if len(known) > MOST_KEYS:
        words = {word for word in _as_key(str(unknown.path[-1])).split("_") if len(word) >= _SHORTEST_WORD}
        known.sort(key=lambda key: words.isdisjoint(key.split("_")))
    return listed(known)


def unknown_key_hint(unknown: Violation) -> str | None:
    """Say which key was meant: a similar one beside it, or one of that name in another section.

    A region has most sections of the top. One that it has not, such as disaster_recovery, belongs there.
    """
    word = str(unknown.path[-1])
    key = _as_key(word)
    beside = declared_keys(unknown.schema.at(unknown.path[:-1]))
    meant = _closest(key, beside)
    having_the_word = [each for each in beside if key in each.split("_")]
    candidates = [meant] if meant else having_the_word
    if 0 < len(candidates) <= _MOST_CANDIDATES:
        return f"did you mean {' or '.join(quoted(each) for each in candidates)}?"
    return _elsewhere(key, word, unknown, set(beside))


def _elsewhere(key: str, word: str, unknown: Violation, beside: set[str]) -> str | None:
    sections, here = unknown.schema.sections_by_key, without_region(unknown.path[:-1])
    meant = _closest(key, sections)
    places = [section for section in sections[meant] if section != here or meant not in beside] if meant else []
    if not 0 < len(places) <= _MOST_CANDIDATES:
        return None
    where = " or ".join(
        f"under {dotted(place)}" if place else f"at the top of the {unknown.schema.noun}" for place in places
    )
    return f"it belongs {where}" if meant == word else f'did you mean "{meant}", {where}?'


def _closest(key: str, known: Iterable[str]) -> str | None:
    """Return the key itself where it is known, one that it abbreviates, or a similar one."""
    keys = sorted(known)
    begun = [each for each in keys if each.startswith(key) and len(key) >= _SHORTEST_WORD]
    if key in keys or len(begun) == 1:
        return key if key in keys else begun[0]
    return next(iter(get_close_matches(key, keys, n=1, cutoff=_SIMILARITY)), None)


def _as_key(word: str) -> str:
    """Write a word as the schema writes keys: `SubnetIds` and `subnet-ids` become `subnet_ids`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[\s-]+", "_", word).lower()
