"""A place in a file that a user wrote."""

from dataclasses import dataclass


@dataclass(frozen=True, order=True)
class Location:
    """A place in a text file: `line` and `column` count from 1, as editors do; `length` is the width to underline."""

    file: str
    line: int
    column: int
    length: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"
