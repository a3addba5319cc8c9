"""How wide a text will be. The page brings no font, so the widest of the common ones is assumed."""

_NARROW = {**dict.fromkeys("ijl", 0.28), **dict.fromkeys(" .,:;'|!()[]/-", 0.38), **dict.fromkeys("frt", 0.42)}
_WIDE = {**dict.fromkeys("mwMW@%", 1.0), **dict.fromkeys("ABCDEFGHIJKLNOPQRSTUVXYZ", 0.75)}
_WIDTHS = _NARROW | _WIDE
_OTHER = 0.64
_MONOSPACE = 0.61
_BOLD = 1.1
_ASCII_END = 0x7F
_FULL = 1.05
"""Of a character outside of ASCII: it may fill a square."""


def width(text: str, size: float, *, bold: bool = False, mono: bool = False) -> float:
    """Return how wide a text is at most, in the unit of `size`."""
    total = sum(_character(each, mono=mono) for each in text) * size
    return total * (_BOLD if bold else 1)


def fit(text: str, room: float, size: float, *, bold: bool = False, mono: bool = False) -> str:
    """Return the text, cut and marked with an ellipsis where it does not fit into `room`."""
    if width(text, size, bold=bold, mono=mono) <= room:
        return text
    kept = text
    while kept and width(f"{kept}…", size, bold=bold, mono=mono) > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def _character(character: str, *, mono: bool) -> float:
    if ord(character) > _ASCII_END:
        return _MONOSPACE if mono and character == "…" else _FULL
    return _MONOSPACE if mono else _WIDTHS.get(character, _OTHER)
