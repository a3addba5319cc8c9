"""Which texts name a day."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from capgen.model.day import day, day_hint


@given(st.dates())
def test_every_day_is_one(any_day: date) -> None:
    assert day(any_day.isoformat()) == any_day
    assert day(str(any_day)) == any_day


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2027-02-29", "2027-02 has the days 01 to 28"),
        ("2028-02-30", "2028-02 has the days 01 to 29"),
        ("2027-04-00", "2027-04 has the days 01 to 30"),
        ("2027-00-01", "year, month from 01 to 12, and day, in this order"),
        ("2027-30-06", "year, month from 01 to 12, and day, in this order"),
        ("0000-01-01", "year, month from 01 to 12, and day, in this order"),
        ("20270630", None),
        ("2027-W26-3", None),
        ("2027-6-3", None),
        ("2027-06-30\n", None),
        ("2027-06-30T00:00", None),
        ("٢٠٢٧-٠٦-٣٠", None),
        ("", None),
    ],
)
def test_a_text_that_names_no_day(text: str, hint: str | None) -> None:
    assert day(text) is None
    assert day_hint(text) == hint
