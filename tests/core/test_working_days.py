"""Five working days after a paper, by a table that was reasoned out by hand from the calendars of gov.uk (F10)."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from holidays import country_holidays

from centres.enums import Nation
from core.moments import UK
from core.windows import Window
from core.working_days import SUBDIVISIONS, end_of_working_day, nth_working_day_after, read_extra_holiday

TABLE = list(csv.DictReader(Path(__file__).with_name("working_days.csv").read_text().splitlines()))
ENGLAND, SCOTLAND, NORTHERN_IRELAND = "england-and-wales", "scotland", "northern-ireland"
THURSDAY, NEXT_THURSDAY, NEXT_FRIDAY = date(2026, 6, 4), date(2026, 6, 11), date(2026, 6, 12)
MONDAY = date(2026, 6, 8)


def test_f10_the_table_has_40_rows_and_no_row_twice():
    assert len(TABLE) == len({(row["paper"], row["nation"]) for row in TABLE}) == 40


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['paper']} {row['nation']}")
def test_f10_the_fifth_working_day_after_a_paper(row):
    day = nth_working_day_after(date.fromisoformat(row["paper"]), 5, row["nation"])

    assert day == date.fromisoformat(row["deadline"]), row["why"]


@pytest.mark.parametrize(
    ("count", "day"),
    [(1, date(2026, 6, 5)), (2, MONDAY), (6, NEXT_FRIDAY), (7, date(2026, 6, 15))],
)
def test_the_day_itself_is_not_counted_and_weekends_are_passed_over(count, day):
    assert nth_working_day_after(THURSDAY, count, ENGLAND) == day


def test_every_nation_of_a_centre_has_its_bank_holidays():
    assert set(SUBDIVISIONS) == set(Nation.values)


def test_england_and_wales_have_the_same_bank_holidays():
    england, wales = (set(country_holidays("GB", subdiv=each, years=range(2020, 2041))) for each in ("ENG", "WLS"))

    assert england == wales


@pytest.mark.parametrize("nation", Nation.values)
def test_a_late_bank_holiday_of_england_and_wales_counts_for_every_centre(nation):
    assert nth_working_day_after(THURSDAY, 5, nation, [(ENGLAND, MONDAY)]) == NEXT_FRIDAY


@pytest.mark.parametrize(("nation", "day"), [(SCOTLAND, NEXT_FRIDAY), (ENGLAND, NEXT_THURSDAY)])
def test_a_late_bank_holiday_of_scotland_counts_for_its_centres_alone(nation, day):
    assert nth_working_day_after(THURSDAY, 5, nation, [(SCOTLAND, MONDAY)]) == day


def test_late_bank_holidays_on_days_that_are_closed_already_change_nothing():
    extra = [(ENGLAND, date(2026, 6, 6)), (NORTHERN_IRELAND, MONDAY), (SCOTLAND, THURSDAY)]

    assert nth_working_day_after(THURSDAY, 5, SCOTLAND, extra) == NEXT_THURSDAY


@pytest.mark.parametrize("text", ["scotland:2027-06-14", " scotland:2027-06-14 "])
def test_a_late_bank_holiday_is_read_from_its_nation_and_day(text):
    assert read_extra_holiday(text) == (SCOTLAND, date(2027, 6, 14))


@pytest.mark.parametrize("text", ["", "scotland", "wales:2027-06-14", "scotland:14/06/2027", "scotland:2027-13-01"])
def test_a_late_bank_holiday_that_cannot_be_read_is_refused(text):
    with pytest.raises(ValueError, match=r"nation|isoformat|month"):
        read_extra_holiday(text)


@pytest.mark.parametrize(
    ("day", "moment"),
    [
        (date(2026, 6, 11), datetime(2026, 6, 11, 22, 59, tzinfo=UTC)),
        (date(2026, 10, 25), datetime(2026, 10, 25, 23, 59, tzinfo=UTC)),
        (date(2026, 10, 30), datetime(2026, 10, 30, 23, 59, tzinfo=UTC)),
        (date(2027, 4, 5), datetime(2027, 4, 5, 22, 59, tzinfo=UTC)),
    ],
)
def test_a_working_day_ends_at_23_59_in_the_united_kingdom(day, moment):
    assert end_of_working_day(day) == moment


def test_a_window_that_ends_with_a_working_day_is_open_in_its_last_second():
    window = Window(datetime(2026, 6, 4, tzinfo=UK), end_of_working_day(NEXT_THURSDAY))

    assert window.is_open(datetime(2026, 6, 11, 23, 59, 59, tzinfo=UK)) is True
    assert window.is_open(datetime(2026, 6, 12, tzinfo=UK)) is False
