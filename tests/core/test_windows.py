from datetime import UTC, datetime, timedelta

import pytest

from core.moments import UK
from core.windows import Window, WindowState

OPENS_AT = datetime(2027, 3, 1, 0, 0, tzinfo=UK)
DEADLINE = datetime(2027, 5, 4, 23, 59, tzinfo=UK)
TICK = timedelta(microseconds=1)


@pytest.mark.parametrize(
    ("at", "state"),
    [
        (OPENS_AT - TICK, WindowState.BEFORE),
        (OPENS_AT, WindowState.OPEN),
        (DEADLINE - TICK, WindowState.OPEN),
        (DEADLINE, WindowState.OPEN),
        (DEADLINE + timedelta(minutes=1) - TICK, WindowState.OPEN),
        (DEADLINE + timedelta(minutes=1), WindowState.CLOSED),
    ],
)
def test_a_window_is_open_from_its_first_moment_to_the_end_of_its_printed_minute(at, state):
    window = Window(OPENS_AT, DEADLINE)

    assert window.state(at) is state
    assert window.is_open(at) is (state is WindowState.OPEN)


def test_seconds_of_a_deadline_do_not_lengthen_its_minute():
    window = Window(OPENS_AT, DEADLINE + timedelta(seconds=59, microseconds=999_999))

    assert window.ends_at == DEADLINE + timedelta(minutes=1)


def test_the_same_moment_in_another_zone_has_the_same_state():
    window = Window(OPENS_AT, DEADLINE)

    assert window.state(datetime(2027, 5, 4, 22, 59, 59, tzinfo=UTC)) is WindowState.OPEN
    assert window.state(datetime(2027, 5, 4, 23, 0, 0, tzinfo=UTC)) is WindowState.CLOSED


@pytest.mark.parametrize(("minute", "is_open"), [(59, True), (60, False)])
def test_a_deadline_in_the_hour_that_comes_twice_is_passed_when_it_comes_the_first_time(minute, is_open):
    deadline = datetime(2026, 10, 25, 1, 59, tzinfo=UK)  # BST; at 02:00 BST the clock goes back to 01:00 GMT
    window = Window(OPENS_AT.replace(year=2026), deadline)
    at = datetime(2026, 10, 25, 0, tzinfo=UTC) + timedelta(minutes=minute)

    assert window.is_open(at) is is_open
    assert window.is_open(at.astimezone(UK)) is is_open


def test_a_window_that_opens_in_the_hour_that_comes_twice_opens_the_second_time_if_it_says_so():
    opens_at = datetime(2026, 10, 25, 1, 30, tzinfo=UK, fold=1)
    window = Window(opens_at, DEADLINE)

    assert window.state(datetime(2026, 10, 25, 1, 30, tzinfo=UK, fold=0)) is WindowState.BEFORE
    assert window.state(opens_at) is WindowState.OPEN


def test_a_moment_without_a_zone_is_an_error():
    window = Window(OPENS_AT, DEADLINE)

    with pytest.raises(TypeError, match="offset-naive"):
        window.state(datetime(2027, 4, 1))  # noqa: DTZ001 (that is the point)
