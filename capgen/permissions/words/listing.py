"""Lists in English."""

from collections.abc import Sequence


def listing(items: Sequence[str], joiner: str = "and") -> str:
    """Return `a, b and c`."""
    return f"{'' if joiner.startswith(',') else ' '}{joiner} ".join(filter(None, (", ".join(items[:-1]), *items[-1:])))
