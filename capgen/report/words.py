"""How a report counts."""


def count(number: int, noun: str) -> str:
    """Write a number with its noun: `1 finding`, `2,500 findings`."""
    return f"{number:,} {noun}" + ("" if number == 1 else "s")
