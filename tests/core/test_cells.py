"""The text of a cell."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.tabular.cells import as_text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("0042", "0042"),
        (" Ann ", " Ann "),
        (1234567890.0, "1234567890"),
        (12, "12"),
        (-0.0, "0"),
        (3.5, "3.5"),
        (1e22, "1e+22"),
        (float("nan"), "nan"),
        (True, "TRUE"),
        (False, "FALSE"),
        (date(2008, 3, 7), "07/03/2008"),
        (datetime(2008, 3, 27), "27/03/2008"),  # noqa: DTZ001
        (datetime(2008, 3, 27, 9, 5), "27/03/2008 09:05"),  # noqa: DTZ001
        (date(33, 1, 2), "02/01/0033"),
        (time(9, 5), "09:05:00"),
        (timedelta(hours=2), "2:00:00"),
        (None, ""),
        ("", ""),
        ("Smith_x000D_\nJones", "Smith\nJones"),
        ("Smith\r\nJones\rHill", "Smith\nJones\nHill"),
        ("Ann\0", "Ann\ufffd"),
        ("a" * 6000, "a" * 5000),
    ],
)
def test_a_cell_is_told_as_text(value, text):
    assert as_text(value) == text


@given(st.integers(-(10**15) + 1, 10**15 - 1))
def test_a_whole_number_is_its_digits(number):
    assert as_text(float(number)) == str(number)


@given(st.dates())
def test_a_date_is_day_month_year(day):
    text = as_text(day)

    assert date(int(text[6:]), int(text[3:5]), int(text[:2])) == day


@given(st.text(alphabet=st.characters()))
def test_every_text_can_be_stored(text):
    kept = as_text(text)

    assert "\0" not in kept
    assert kept.encode("utf-8").decode("utf-8") == kept
