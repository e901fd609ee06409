"""The key dates of Cambridge Technicals in the calendar of a centre, beside STEP's."""

from datetime import UTC, date, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import reverse
from icalendar import Calendar

from centres.services import renew_calendar
from core.history import record
from tests.factories.step_entries import SessionFactory
from tests.factories.technicals import TechnicalsApprovalFactory, exam_series, registration_series

pytestmark = pytest.mark.django_db

AT = datetime(2026, 10, 1, 12, tzinfo=UTC)
DAYS = {
    "opens_on": date(2026, 9, 1),
    "entry_deadline": date(2026, 10, 21),
    "late_until": date(2026, 11, 21),
    "refund_until": date(2026, 12, 14),
    "no_change_from": date(2027, 3, 5),
    "results_on": date(2027, 3, 12),
}


@pytest.fixture
def calendar(client, centre, officer, time_machine):
    """The calendar of the centre as a calendar program reads it."""
    time_machine.move_to(AT, tick=False)
    centre = renew_calendar(centre=centre, by=officer, at=AT)
    address = reverse("reports:calendar", args=[centre.calendar_key])
    return lambda: Calendar.from_ical(client.get(address).content)


@pytest.fixture
def january(centre):
    TechnicalsApprovalFactory(centre=centre, since=date(2026, 1, 1), until=None)
    return exam_series(year=2027, **DAYS)


def starts(calendar):
    return {event["SUMMARY"]: event["DTSTART"].dt for event in calendar.walk("VEVENT")}


def test_the_days_of_a_series_stand_in_it_and_deadlines_with_their_last_minute(calendar, january):
    assert starts(calendar()) == {
        "Cambridge Technicals, January 2027: entries open": date(2026, 9, 1),
        "Cambridge Technicals, January 2027: entry deadline": datetime(2026, 10, 21, 22, 59, tzinfo=UTC),
        "Cambridge Technicals, January 2027: last moment for late entries": datetime(2026, 11, 21, 23, 59, tzinfo=UTC),
        "Cambridge Technicals, January 2027: last moment to withdraw with a refund": datetime(
            2026, 12, 14, 23, 59, tzinfo=UTC
        ),
        "Cambridge Technicals, January 2027: no changes from this day": date(2027, 3, 5),
        "Cambridge Technicals, January 2027: results": date(2027, 3, 12),
    }


def test_the_set_of_registrations_stands_in_it(calendar, january):
    january.delete()
    registration_series(date(2026, 10, 1))

    assert starts(calendar()) == {
        "Cambridge Technicals, Registrations 2026/27: registrations open": date(2026, 9, 1),
        "Cambridge Technicals, Registrations 2026/27: registrations of this year close": datetime(
            2027, 8, 31, 22, 59, tzinfo=UTC
        ),
    }


def test_an_example_date_says_so(calendar, january):
    january.is_sample = True
    january.save()

    assert all(title.endswith("(example date)") for title in starts(calendar()))


def test_an_event_says_its_day_or_its_minute_in_words(calendar, january):
    words = {event["SUMMARY"].partition(": ")[2]: event["DESCRIPTION"] for event in calendar().walk("VEVENT")}

    assert words["results"] == "12 March 2027, the whole day, in the United Kingdom."
    assert words["entry deadline"].startswith("21 October 2026, 23:59 (BST) in the United Kingdom.")


def test_step_and_technicals_stand_in_one_calendar(calendar, client, january, centre):
    SessionFactory(name="June 2027", opens_at=datetime(2027, 3, 1, tzinfo=UTC))

    found = calendar()

    titles = list(starts(found))
    assert [title.partition(" ")[0] for title in titles].count("STEP") == 6
    assert len(titles) == 12
    assert found["X-WR-CALNAME"] == "Key dates, centre 61111"
    centre.refresh_from_db()
    answer = client.get(f"/step/calendar/{centre.calendar_key}.ics")
    assert answer["Content-Disposition"] == 'attachment; filename="entries-key-dates.ics"'


@pytest.mark.parametrize("until", [date(2026, 9, 30), None])
def test_only_a_centre_that_is_approved_on_the_day_sees_them(calendar, january, centre, until):
    centre.technicals_approvals.update(until=until, since=date(2026, 10, 2) if until is None else date(2026, 1, 1))

    assert starts(calendar()) == {}


def test_a_moved_day_keeps_its_uid_and_raises_its_sequence(calendar, january, staff):
    [before, *_] = calendar().walk("VEVENT")
    moved = AT - timedelta(hours=1)
    january.opens_on = date(2026, 9, 2)
    january.save()
    record(by=staff, at=moved, action="series.changed", subjects=[january])

    [after, *_] = calendar().walk("VEVENT")

    assert (
        after["UID"]
        == before["UID"]
        == f"technicals-{january.pk}-opens-on-61111@{urlsplit(settings.SITE_URL).hostname}"
    )
    assert (before["SEQUENCE"], after["SEQUENCE"]) == (0, 1)
    assert after["DTSTAMP"].dt == moved


def test_a_series_that_is_over_stays_for_a_year(calendar, january, time_machine):
    time_machine.move_to(datetime(2028, 3, 11, 12, tzinfo=UTC))
    assert len(starts(calendar())) == 6

    time_machine.move_to(datetime(2028, 3, 12, 12, tzinfo=UTC))
    assert starts(calendar()) == {}


def test_the_number_of_queries_does_not_grow_with_the_series(calendar, january, django_assert_num_queries):
    with django_assert_num_queries(6):
        calendar()
    for year in (2028, 2029):
        exam_series(year=year)

    with django_assert_num_queries(6):
        calendar()
