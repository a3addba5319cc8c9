"""Read words and marks off an expression's text, one after the other."""

import re

from capgen.evaluate.language.value import EvaluationError

_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:\.\d+)?(?:[eE][-+]?\d+)?)|(?P<name>[A-Za-z_][\w-]*)"
    r'|(?P<mark>\.\.\.|==|!=|<=|>=|&&|\|\||=>|[-+*/%!<>?:=.,()\[\]{}"]))'
)
_INDEX = re.compile(r"\s*(\d+)")
_ESCAPES = {"n": "\n", "r": "\r", "t": "\t", '"': '"', "\\": "\\"}
_CODE_POINTS = {"u": 6, "U": 10}


class Scanner:
    """A position in a text."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.position = 0

    def token(self) -> re.Match[str]:
        """Take the next word or mark."""
        match = _TOKEN.match(self.text, self.position)
        if match is None:
            raise EvaluationError(f"expected a value at {self._rest()}")
        self.position = match.end()
        return match

    def peek(self) -> str:
        """Return the next word or mark, and stay."""
        match = _TOKEN.match(self.text, self.position)
        return match[0].strip() if match else ""

    def accept(self, mark: str) -> bool:
        """Take the next word or mark if it is this one."""
        if self.peek() != mark:
            return False
        self.token()
        return True

    def expect(self, mark: str) -> None:
        """Take the next mark, which must be this one."""
        if not self.accept(mark):
            raise EvaluationError(f"expected {mark} at {self._rest()}")

    def name(self) -> str:
        """Take the next word."""
        match = self.token()
        if match["name"] is None:
            raise EvaluationError(f"expected a name, not {match[0].strip()}")
        return match["name"]

    def index(self) -> int | None:
        """Take the next number of digits alone, as in `list.0.name`."""
        match = _INDEX.match(self.text, self.position)
        if match is None:
            return None
        self.position = match.end()
        return int(match[1])

    def escape(self) -> str:
        """Take an escape sequence of a quoted string."""
        letter = self.text[self.position + 1 : self.position + 2]
        width = _CODE_POINTS.get(letter, 2)
        digits = self.text[self.position + 2 : self.position + width]
        self.position += width
        if letter in _ESCAPES:
            return _ESCAPES[letter]
        try:
            return chr(int(digits, 16))
        except (ValueError, OverflowError):
            raise EvaluationError(f"unknown escape \\{letter}{digits}") from None

    def _rest(self) -> str:
        return repr(self.text[self.position : self.position + 20])
