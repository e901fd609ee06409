"""The days of series, and the calendar that is proposed for an academic year."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from core.models import HistoryEntry
from technicals.enums import SeriesKind
from technicals.models import Series
from technicals.queries.prices_and_dates import key_dates
from technicals.rules import calendar
from technicals.services.series import add_next_academic_year
from tests.factories.technicals import exam_series, registration_series, today

DAY = timedelta(days=1)
OPENS, DEADLINE, LATE, REFUND = date(2026, 9, 1), date(2026, 10, 21), date(2026, 11, 21), date(2026, 12, 14)
NO_CHANGE, RESULTS = date(2027, 3, 5), date(2027, 3, 12)
ALL_DAYS = {
    "opens_on": OPENS,
    "entry_deadline": DEADLINE,
    "late_until": LATE,
    "refund_until": REFUND,
    "no_change_from": NO_CHANGE,
    "results_on": RESULTS,
}


def january(**changes):
    return SimpleNamespace(kind=SeriesKind.JANUARY, year=2027, **(ALL_DAYS | changes))


class RegistrationSet(SimpleNamespace):
    """A set of registrations that says its name like the model."""

    def __str__(self):
        return f"Registrations {self.year}"


def registrations(year=2026, **changes):
    days = {"opens_on": date(year, 9, 1), "entry_deadline": date(year + 1, 8, 31)}
    rest = dict.fromkeys(["late_until", "refund_until", "no_change_from", "results_on"])
    return RegistrationSet(kind=SeriesKind.REGISTRATION, year=year, **(rest | days | changes))


def test_calendar_01_days_in_order_are_taken():
    assert calendar.days_stand_in_order(january()) is None
    assert calendar.days_stand_in_order(january(**dict.fromkeys(calendar.DAYS, OPENS))) is None
    assert calendar.days_stand_in_order(january(late_until=None, refund_until=None)) is None


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"entry_deadline": OPENS - DAY}, "entry_deadline"),
        ({"late_until": DEADLINE - DAY}, "late_until"),
        ({"refund_until": DEADLINE - DAY}, "refund_until"),
        ({"no_change_from": LATE - DAY, "refund_until": None}, "no_change_from"),
        ({"no_change_from": REFUND - DAY}, "no_change_from"),
        ({"results_on": NO_CHANGE - DAY}, "results_on"),
        (
            {"results_on": DEADLINE - DAY, "late_until": None, "refund_until": None, "no_change_from": None},
            "results_on",
        ),
    ],
)
def test_calendar_01_a_day_before_an_earlier_one_is_refused(changes, field):
    refusal = calendar.days_stand_in_order(january(**changes))

    assert (refusal.code, refusal.field) == ("CALENDAR-01", field)


def test_calendar_01_a_refund_day_may_be_before_the_last_late_day():
    assert calendar.days_stand_in_order(january(refund_until=LATE - DAY)) is None


def test_calendar_01_the_refusal_names_both_days():
    refusal = calendar.days_stand_in_order(january(late_until=date(2026, 10, 20)))

    assert refusal.sentence == (
        "“late entries until”, 20 October 2026, is before “entry deadline”, 21 October 2026. Check both dates."
    )


def test_calendar_02_a_set_of_registrations_has_no_late_and_no_refund_day():
    assert calendar.registrations_are_never_late(registrations()) is None
    assert calendar.registrations_are_never_late(january()) is None
    for field in ("late_until", "refund_until"):
        refusal = calendar.registrations_are_never_late(registrations(**{field: date(2027, 8, 31)}))
        assert (refusal.code, refusal.field) == ("CALENDAR-02", field)


def test_calendar_03_sets_of_registrations_have_no_day_in_common():
    before, own = registrations(2025), registrations(2026)

    assert calendar.sets_of_registrations_stand_apart(own, [before, january()]) is None
    assert calendar.sets_of_registrations_stand_apart(january(), [own]) is None
    longer = registrations(2025, entry_deadline=date(2026, 9, 1))
    assert calendar.sets_of_registrations_stand_apart(own, [longer]).code == "CALENDAR-03"


@pytest.mark.parametrize(
    ("series", "is_refused"),
    [
        (january(), False),
        (january(entry_deadline=date(2027, 1, 5)), False),
        (january(entry_deadline=date(2025, 10, 21)), True),
        (january(entry_deadline=date(2028, 1, 1)), True),
        (registrations(), False),
        (registrations(opens_on=date(2027, 9, 1)), True),
    ],
)
def test_calendar_04_the_days_of_a_series_belong_to_its_year(series, is_refused):
    refusal = calendar.days_belong_to_the_year(series)

    assert (refusal is not None) == is_refused
    assert refusal is None or refusal.code == "CALENDAR-04"


@pytest.mark.parametrize("september", [2024, 2026, 2027])
def test_the_calendar_that_is_proposed_is_not_refused(september):
    proposed = calendar.sample_series(september)
    others = calendar.sample_series(september - 1) + proposed + calendar.sample_series(september + 1)

    assert [calendar.refusals_to_set_up(series, others) for series in proposed] == [[], [], []]


def test_the_calendar_that_is_proposed_has_the_deadlines_that_were_decided():
    registration, january, june = calendar.sample_series(2026)

    assert (registration.opens_on, registration.entry_deadline) == (date(2026, 9, 1), date(2027, 8, 31))
    assert (january.kind, january.year, january.entry_deadline) == ("january", 2027, date(2026, 10, 21))
    assert (june.kind, june.year, june.entry_deadline) == ("june", 2027, date(2027, 2, 21))


@pytest.mark.parametrize(
    ("years", "day", "september"),
    [
        ([], date(2027, 8, 31), 2026),
        ([], date(2027, 9, 1), 2027),
        ([2026], date(2027, 8, 31), 2027),
        ([2026, 2027], date(2026, 9, 1), 2028),
        ([2020], date(2026, 9, 1), 2026),
    ],
)
def test_the_next_academic_year_is_the_first_without_a_set_of_registrations(years, day, september):
    assert calendar.next_september(years, day) == september


@pytest.mark.parametrize(
    ("day", "standing"),
    [
        (OPENS - DAY, "Opens on 1 September 2026"),
        (OPENS, "Open now"),
        (DEADLINE, "Open now"),
        (DEADLINE + DAY, "Open for late entries"),
        (LATE, "Open for late entries"),
        (LATE + DAY, "Closed for entries"),
    ],
)
def test_how_a_series_stands_is_told_on_each_day(day, standing):
    assert calendar.standing_in_words(january(), day) == standing


def test_a_series_without_late_entries_closes_on_its_deadline():
    assert calendar.standing_in_words(january(late_until=None), DEADLINE + DAY) == "Closed for entries"


@pytest.mark.django_db
def test_the_academic_years_are_added_one_after_the_other(staff):
    at = datetime(2027, 8, 31, 22, 30, tzinfo=UTC)

    first = add_next_academic_year(by=staff, at=at)
    second = add_next_academic_year(by=staff, at=at)

    assert [str(series) for series in first] == ["Registrations 2026/27", "January 2027", "June 2027"]
    assert [str(series) for series in second] == ["Registrations 2027/28", "January 2028", "June 2028"]
    assert not Series.objects.filter(is_sample=False).exists()
    assert HistoryEntry.objects.filter(action="series.added", by=staff).count() == 6


@pytest.mark.django_db
def test_the_academic_year_of_a_moment_is_that_of_the_united_kingdom(staff):
    added = add_next_academic_year(by=staff, at=datetime(2027, 8, 31, 23, 0, tzinfo=UTC))

    assert str(added[0]) == "Registrations 2027/28"


@pytest.mark.django_db
def test_a_series_that_stands_already_is_left_alone(staff):
    at = datetime(2026, 10, 1, 12, 0, tzinfo=UTC)
    exam_series(SeriesKind.JANUARY, 2027, opens_on=date(2026, 9, 5), entry_deadline=date(2026, 10, 20))

    added = add_next_academic_year(by=staff, at=at)

    assert [str(series) for series in added] == ["Registrations 2026/27", "June 2027"]
    assert Series.objects.get(kind=SeriesKind.JANUARY).entry_deadline == date(2026, 10, 20)


@pytest.mark.django_db
def test_key_dates_are_of_series_with_a_day_to_come_those_with_only_results_last():
    none = dict.fromkeys(["late_until", "refund_until", "no_change_from", "results_on"])
    past, year = today() - 90 * DAY, today().year
    exam_series(SeriesKind.JANUARY, year, opens_on=past, entry_deadline=past + DAY, **(none | {"results_on": today()}))
    exam_series(SeriesKind.JUNE, year, opens_on=past, entry_deadline=past + DAY, **none)
    exam_series(SeriesKind.JANUARY, year + 1, opens_on=today(), entry_deadline=today() + DAY, is_sample=True, **none)
    exam_series(SeriesKind.JUNE, year + 1, opens_on=today() + DAY, entry_deadline=today() + 999 * DAY, **none)
    registration_series()

    found = [(str(shown.series), shown.standing.partition(" on ")[0], shown.remark) for shown in key_dates(today())]

    assert sorted(found[:2]) == sorted(
        [(f"January {year + 1}", "Open now", "Example dates"), (str(registration_series()), "Open now", "")]
    )
    assert found[2:] == [(f"June {year + 1}", "Opens", ""), (f"January {year}", "Closed for entries", "")]
