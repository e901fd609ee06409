"""How long until a moment: exact to the second, also where the clocks change."""

import re
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from core.moments import UK, time_between
from core.templatetags.ui import until

BEGIN, TEN_YEARS = datetime(2026, 1, 1, tzinfo=UTC), 10 * 365 * 86400
ZONES = [UK, UTC, ZoneInfo("Asia/Singapore"), ZoneInfo("America/New_York"), ZoneInfo("Australia/Lord_Howe")]
HOURS = [BEGIN + timedelta(hours=hour) for hour in range(TEN_YEARS // 3600)]
CHANGES = [
    after for before, after in pairwise(HOURS) if before.astimezone(UK).utcoffset() != after.astimezone(UK).utcoffset()
]
NEAR_A_CHANGE = st.builds(
    lambda change, seconds: change + timedelta(seconds=seconds), st.sampled_from(CHANGES), st.integers(-7200, 7200)
)
MOMENTS = st.integers(0, TEN_YEARS).map(lambda seconds: BEGIN + timedelta(seconds=seconds)) | NEAR_A_CHANGE
UNITS = {"day": 86400, "hour": 3600, "minute": 60, "second": 1}


def in_seconds(words):
    """A wait in words as seconds."""
    return sum(int(count) * UNITS[unit] for count, unit in re.findall(r"(\d+) (day|hour|minute|second)s?", words))


def test_the_clocks_change_twice_a_year_in_the_ten_years_that_are_tried():
    assert len(CHANGES) == 20


@given(MOMENTS, MOMENTS, st.sampled_from(ZONES), st.sampled_from(ZONES))
def test_the_time_between_two_moments_is_exact_to_the_second_in_every_zone_and_across_clock_changes(a, b, here, there):
    passed = round(b.timestamp()) - round(a.timestamp())

    assert time_between(a.astimezone(here), b.astimezone(there)) == timedelta(seconds=passed)


@given(MOMENTS, MOMENTS, st.sampled_from(ZONES))
def test_a_countdown_in_words_leaves_out_less_than_its_second_unit(at, end, zone):
    left = max(0, round(end.timestamp()) - round(at.timestamp()))

    seconds = in_seconds(until(end.astimezone(zone), at.astimezone(zone)))

    assert seconds <= left < seconds + (3600 if left >= 86400 else 60 if left >= 3600 else 1)


@given(MOMENTS, st.integers(0, 3599))
def test_the_last_hour_is_counted_down_to_the_second(end, left):
    assert in_seconds(until(end.astimezone(UK), (end - timedelta(seconds=left)).astimezone(UK))) == left


def test_a_difference_of_wall_clocks_would_be_an_hour_off():
    before, after = (datetime(2027, 3, day, 12, tzinfo=UK) for day in (27, 28))

    assert (after - before, time_between(before, after)) == (timedelta(hours=24), timedelta(hours=23))
