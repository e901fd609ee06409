from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis.strategies import datetimes

from core.moments import (
    UK,
    clock_change_in_words,
    date_in_words,
    in_words,
    moments_of,
    same_time_next_year,
    uk_date,
    wait_in_words,
)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        (datetime(2027, 5, 4, 22, 59, tzinfo=UTC), "4 May 2027, 23:59 (BST)"),
        (datetime(2027, 1, 9, 9, 5, tzinfo=UTC), "9 January 2027, 09:05 (GMT)"),
        (datetime(2026, 10, 25, 0, 59, tzinfo=UTC), "25 October 2026, 01:59 (BST)"),
        (datetime(2026, 10, 25, 1, 59, tzinfo=UTC), "25 October 2026, 01:59 (GMT)"),
        (datetime(2027, 3, 28, 0, 59, tzinfo=UTC), "28 March 2027, 00:59 (GMT)"),
        (datetime(2027, 3, 28, 1, 0, tzinfo=UTC), "28 March 2027, 02:00 (BST)"),
    ],
)
def test_a_moment_is_told_in_the_time_of_the_united_kingdom_with_its_zone(at, words):
    assert in_words(at) == words


def test_a_moment_can_be_told_with_its_seconds():
    assert in_words(datetime(2027, 5, 4, 23, 0, 7, tzinfo=UTC), seconds=True) == "5 May 2027, 00:00:07 (BST)"


def test_a_date_has_its_month_in_words_and_no_leading_zero():
    assert date_in_words(date(2009, 3, 4)) == "4 March 2009"


@pytest.mark.parametrize(
    ("at", "day"),
    [
        (datetime(2027, 5, 4, 22, 59, 59, tzinfo=UTC), date(2027, 5, 4)),
        (datetime(2027, 5, 4, 23, 0, tzinfo=UTC), date(2027, 5, 5)),
        (datetime(2027, 1, 4, 23, 59, 59, tzinfo=UTC), date(2027, 1, 4)),
    ],
)
def test_the_day_changes_at_midnight_in_the_united_kingdom(at, day):
    assert uk_date(at) == day


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (timedelta(days=3, hours=4, minutes=5), "3 days 4 hours"),
        (timedelta(days=1), "1 day"),
        (timedelta(days=2, minutes=59), "2 days"),
        (timedelta(hours=23, minutes=59, seconds=59), "23 hours 59 minutes"),
        (timedelta(hours=1, minutes=1), "1 hour 1 minute"),
        (timedelta(seconds=61), "1 minute 1 second"),
        (timedelta(seconds=59), "59 seconds"),
        (timedelta(seconds=1), "1 second"),
        (timedelta(milliseconds=999), "0 seconds"),
        (timedelta(0), "0 seconds"),
        (timedelta(seconds=-30), "0 seconds"),
        (timedelta(days=-3), "0 seconds"),
    ],
)
def test_a_wait_is_told_in_its_two_largest_units(wait, words):
    assert wait_in_words(wait) == words


# --- clocks that change -----------------------------------------------------------------------------------------------

SPRING, AUTUMN = datetime(2027, 3, 28), datetime(2027, 10, 31)  # noqa: DTZ001 (what clocks show)
CLOCK_TIMES = datetimes(min_value=datetime(2017, 1, 1), max_value=datetime(2042, 12, 31))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("clock", "moments"),
    [
        (SPRING.replace(hour=0, minute=59), [datetime(2027, 3, 28, 0, 59, tzinfo=UTC)]),
        (SPRING.replace(hour=1), []),
        (SPRING.replace(hour=1, minute=59), []),
        (SPRING.replace(hour=2), [datetime(2027, 3, 28, 1, 0, tzinfo=UTC)]),
        (AUTUMN.replace(hour=0, minute=59), [datetime(2027, 10, 30, 23, 59, tzinfo=UTC)]),
        (AUTUMN.replace(hour=1), [datetime(2027, 10, 31, hour, 0, tzinfo=UTC) for hour in (0, 1)]),
        (AUTUMN.replace(hour=1, minute=59), [datetime(2027, 10, 31, hour, 59, tzinfo=UTC) for hour in (0, 1)]),
        (AUTUMN.replace(hour=2), [datetime(2027, 10, 31, 2, 0, tzinfo=UTC)]),
    ],
)
def test_a_time_on_the_clock_is_one_moment_but_for_the_hours_of_the_changes(clock, moments):
    assert moments_of(clock) == moments


def test_a_time_that_the_clocks_leave_out_is_explained_with_both_times():
    assert clock_change_in_words(SPRING.replace(hour=1, minute=30)) == (
        "The clocks change on 28 March 2027: after 00:59 (GMT) they show 02:00 (BST), so 01:30 does not come. "
        "Choose 00:59 or earlier, or 02:00 or later."
    )


def test_a_time_that_comes_twice_is_explained_with_both_times():
    assert clock_change_in_words(AUTUMN.replace(hour=1, minute=30)) == (
        "The clocks change on 31 October 2027: after 01:59 (BST) they show 01:00 (GMT), so 01:30 comes twice. "
        "Choose 00:59 or earlier, or 02:00 or later."
    )


@given(CLOCK_TIMES)
def test_a_time_is_explained_exactly_where_it_is_not_one_moment(clock):
    moments = moments_of(clock)

    assert bool(clock_change_in_words(clock)) is (len(moments) != 1)
    assert {at.astimezone(UK).replace(tzinfo=None, fold=0) for at in moments} <= {clock}
    assert (clock.month in (3, 10)) or len(moments) == 1


@given(CLOCK_TIMES)
def test_the_next_year_has_the_same_weekday_and_the_same_time_on_the_clock(clock):
    at = clock.replace(tzinfo=UK).astimezone(UTC)
    here = at.astimezone(UK)

    there = same_time_next_year(at).astimezone(UK)

    later = here.replace(tzinfo=None, fold=0) + timedelta(days=364)
    assert there.weekday() == here.weekday()
    assert there.date() == later.date()
    is_left_out = moments_of(later) == []
    assert there.time() == (later + timedelta(hours=1) if is_left_out else later).time()


def test_a_year_across_both_changes_of_the_clocks_is_not_an_hour_off():
    winter, summer = datetime(2027, 3, 29, 9, 0, tzinfo=UK), datetime(2027, 10, 27, 9, 0, tzinfo=UK)

    assert [same_time_next_year(at).astimezone(UK).isoformat() for at in (winter, summer)] == [
        "2028-03-27T09:00:00+01:00",
        "2028-10-25T09:00:00+01:00",
    ]


@pytest.mark.parametrize(
    ("at", "next_year"),
    [
        (datetime(2029, 4, 1, 1, 30, tzinfo=UK), "2030-03-31T02:30:00+01:00"),  # 01:30 does not come on that day
        (datetime(2026, 11, 1, 1, 30, tzinfo=UK), "2027-10-31T01:30:00+01:00"),  # 01:30 comes twice on that day
        (datetime(2027, 10, 31, 1, 30, tzinfo=UK, fold=1), "2028-10-29T01:30:00+01:00"),  # on both days
    ],
)
def test_of_a_time_left_out_the_next_year_has_the_hour_after_and_of_one_that_comes_twice_the_first(at, next_year):
    assert same_time_next_year(at).astimezone(UK).isoformat() == next_year
