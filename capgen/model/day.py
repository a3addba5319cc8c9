"""A day of the calendar, as people write it: YYYY-MM-DD."""

import re
from calendar import monthrange
from datetime import MINYEAR, date

_FORM = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MONTHS = range(1, 13)

DAY_ALLOWED = "a day of the calendar, as YYYY-MM-DD"


def day(text: str) -> date | None:
    """Return the day that a text names, or None for another form and for a day that the calendar has not.

    Stricter than `date.fromisoformat`, which takes 20270630 and 2027-W26-3 as well.
    """
    try:
        return date.fromisoformat(text) if _FORM.fullmatch(text) else None
    except ValueError:
        return None


def day_hint(text: str) -> str | None:
    """Say what is wrong with a text that names no day, where it has the form of one."""
    parts = _FORM.fullmatch(text)
    if parts is None:
        return None
    year, month = int(parts[1]), int(parts[2])
    if month not in _MONTHS or year < MINYEAR:
        return "year, month from 01 to 12, and day, in this order"
    return f"{parts[1]}-{parts[2]} has the days 01 to {monthrange(year, month)[1]}"
