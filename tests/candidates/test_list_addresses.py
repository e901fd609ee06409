"""What an address asks of the list of candidates."""

from datetime import date

import pytest

from candidates.codecs import Asked, first_day, read_asked
from candidates.enums import Added


def asked(**parameters):
    return read_asked({name: [value] for name, value in parameters.items()}, groups=["key-of-a-group"])


def test_nothing_asked_shows_those_added_in_the_last_year():
    assert asked() == Asked(search="", added="year", group="", sort="name", size=25, page=1)
    assert (asked().is_narrowed, asked().added_in_words) == (False, "added in the last year")


def test_everything_asked_is_read():
    found = asked(search=" zoe  fox ", added="any", group="key-of-a-group", sort="-born", size="100", page="3")

    assert found == Asked("zoe fox", "any", "key-of-a-group", "-born", 100, 3)
    assert (found.words, found.is_narrowed, found.added_in_words) == (["zoe", "fox"], True, "")


def test_nonsense_is_left_out():
    found = asked(added="yesterday", group="key-of-another", sort="--born", size="1000", page="-1")

    assert found == Asked()


def test_the_choices_of_when_are_those_of_the_guide_and_one_of_ours():
    assert Added.labels == [
        "today",
        "in the last 7 days",
        "in the last month",
        "in the last 6 months",
        "in the last year",
        "in the last 2 years",
        "in the last five years",
        "at any time",
    ]


@pytest.mark.parametrize(
    ("added", "today", "first"),
    [
        ("today", date(2026, 3, 31), date(2026, 3, 31)),
        ("7-days", date(2026, 3, 3), date(2026, 2, 24)),
        ("month", date(2026, 3, 31), date(2026, 2, 28)),
        ("month", date(2026, 1, 15), date(2025, 12, 15)),
        ("6-months", date(2026, 8, 31), date(2026, 2, 28)),
        ("year", date(2028, 2, 29), date(2027, 2, 28)),
        ("2-years", date(2026, 12, 31), date(2024, 12, 31)),
        ("5-years", date(2026, 3, 1), date(2021, 3, 1)),
        ("any", date(2026, 3, 1), None),
    ],
)
def test_the_first_day_of_each_choice(added, today, first):
    assert first_day(added, today) == first
