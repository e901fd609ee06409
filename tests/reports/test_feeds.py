"""The key dates of STEP in the calendar: what stands in it, its form, its address, and that it follows a moved date."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse
from icalendar import Calendar

from centres.services import renew_calendar
from core.history import record
from step_entries.models import StepEntry, StepSession
from step_entries.services import extend_window
from tests.factories.step_entries import SessionFactory, StepEntryFactory

pytestmark = pytest.mark.django_db

OPENS = datetime(2027, 3, 1, tzinfo=UTC)
AT = datetime(2027, 4, 1, 12, tzinfo=UTC)


@pytest.fixture
def session(db):
    return SessionFactory(
        name="June 2027",
        opens_at=OPENS,
        closes_at=datetime(2027, 5, 4, 22, 59, tzinfo=UTC),
        results_at=datetime(2027, 8, 12, 8, tzinfo=UTC),
        enquiries_until=None,
    )


@pytest.fixture
def read(client, session, centre, officer, time_machine):
    """The events of the centre's calendar by their slug, read as a calendar program reads them."""
    time_machine.move_to(AT)
    centre = renew_calendar(centre=centre, by=officer, at=AT)

    def events():
        answer = client.get(reverse("reports:calendar", args=[centre.calendar_key]))
        found = Calendar.from_ical(answer.content).walk("VEVENT")
        return {event["UID"].split("-", 2)[2].rsplit("-", 1)[0]: event for event in found}

    return events


def test_the_key_dates_stand_in_it_as_utc_instants(read):
    starts = {slug: event["DTSTART"].dt for slug, event in read().items()}

    assert starts == {
        "opens": OPENS,
        "modified-papers": datetime(2027, 4, 20, 22, 59, tzinfo=UTC),
        "closes": datetime(2027, 5, 4, 22, 59, tzinfo=UTC),
        "step-2": datetime(2027, 6, 13, 22, 59, tzinfo=UTC),
        "step-3": datetime(2027, 6, 19, 22, 59, tzinfo=UTC),
        "results": datetime(2027, 8, 12, 8, tzinfo=UTC),
    }
    assert all(start.utcoffset() == timedelta(0) for start in starts.values())


def test_an_event_says_the_uk_time_in_words(read):
    event = read()["closes"]

    assert event["SUMMARY"] == "STEP June 2027: registration closes"
    assert event["DESCRIPTION"].startswith("4 May 2027, 23:59 (BST) in the United Kingdom.")


def test_the_file_has_the_form_of_rfc_5545(client, read, centre):
    centre.refresh_from_db()
    answer = client.get(reverse("reports:calendar", args=[centre.calendar_key]))
    lines = answer.content.split(b"\r\n")

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert lines[0] == b"BEGIN:VCALENDAR"
    assert lines[-2:] == [b"END:VCALENDAR", b""]
    assert all(b"\n" not in line and len(line) <= 75 for line in lines)
    assert any(line.startswith(b" ") for line in lines)  # a description is folded
    names = [line.split(b":")[0].split(b";")[0] for line in lines]
    assert (names.count(b"VERSION"), names.count(b"PRODID")) == (1, 1)
    assert [names.count(name) for name in (b"UID", b"DTSTAMP", b"DTSTART", b"SEQUENCE")] == [6, 6, 6, 6]
    starts = [line for line in lines if line.startswith((b"DTSTART", b"DTSTAMP"))]
    assert all(line.endswith(b"Z") for line in starts)


def test_two_readings_without_a_change_are_the_same(read, time_machine):
    before = read()
    time_machine.move_to(AT + timedelta(days=3))

    assert {slug: event.to_ical() for slug, event in read().items()} == {
        slug: event.to_ical() for slug, event in before.items()
    }


def test_a_moved_closing_keeps_its_uid_and_raises_its_sequence(read, session, staff):
    before = read()
    moved = AT + timedelta(hours=1)
    closes_at = session.closes_at + timedelta(days=1)
    extend_window(session=session, centre=None, closes_at=closes_at, reason="Snow", by=staff, at=moved)

    after = read()

    assert after["closes"]["UID"] == before["closes"]["UID"]
    assert after["closes"]["DTSTART"].dt == closes_at
    assert after["closes"]["SEQUENCE"] == before["closes"]["SEQUENCE"] + 1
    assert after["closes"]["DTSTAMP"].dt == moved
    assert after["step-2"]["SEQUENCE"] == before["step-2"]["SEQUENCE"]


def test_a_changed_paper_raises_the_sequence_of_its_event_alone(read, session, staff):
    paper = session.papers.get(paper="step-2")
    record(by=staff, at=AT, action="sessionpaper.changed", subjects=[paper])

    assert {slug: event["SEQUENCE"] for slug, event in read().items() if event["SEQUENCE"]} == {"step-2": 1}


def test_a_centres_own_closing_stands_in_its_calendar_alone(read, client, session, centre, other_centre, staff):
    own = session.closes_at + timedelta(days=2)
    extend_window(session=session, centre=centre, closes_at=own, reason="Flood", by=staff, at=AT)
    key = renew_calendar(centre=other_centre, by=staff, at=AT).calendar_key
    theirs = Calendar.from_ical(client.get(reverse("reports:calendar", args=[key])).content)

    [closes] = [event for event in theirs.walk("VEVENT") if "closes" in event["SUMMARY"]]
    assert (read()["closes"]["DTSTART"].dt, closes["DTSTART"].dt) == (own, session.closes_at)


def test_a_later_session_stands_in_it_and_an_earlier_or_unpublished_one_does_not(read, client, centre):
    SessionFactory(name="June 2026", opens_at=OPENS - timedelta(days=365))
    SessionFactory(name="June 2028", opens_at=OPENS + timedelta(days=365))
    SessionFactory(name="June 2029", opens_at=OPENS + timedelta(days=730), is_published=False)
    centre.refresh_from_db()

    text = client.get(reverse("reports:calendar", args=[centre.calendar_key])).text

    assert set(re.findall(r"SUMMARY:STEP (\w+ \d+)", text)) == {"June 2027", "June 2028"}


def test_nothing_about_people_stands_in_it(read, client, session, centre, officer):
    StepEntryFactory(session=session, centre=centre, first_name="Zuleika", last_name="Quux", ucas_id="1234567890")
    centre.refresh_from_db()
    entry = StepEntry.objects.get()

    text = client.get(reverse("reports:calendar", args=[centre.calendar_key])).text

    told = [entry.number, "Zuleika", "Quux", "1234567890", officer.name, officer.email]
    assert [word for word in told if word in text] == []


@pytest.mark.parametrize("key", ["x", "A" * 32, "None", "0"])
def test_a_wrong_key_opens_nothing(client, session, centre, key):
    assert client.get(reverse("reports:calendar", args=[key])).status_code == 404


def test_a_centre_without_a_key_or_out_of_use_has_no_calendar(client, session, centre, officer, now):
    assert client.get("/step/calendar/.ics").status_code == 404

    centre = renew_calendar(centre=centre, by=officer, at=now)
    centre.is_active = False
    centre.save()

    assert client.get(reverse("reports:calendar", args=[centre.calendar_key])).status_code == 404


def test_without_a_session_the_calendar_is_empty(client, centre, officer, now):
    centre = renew_calendar(centre=centre, by=officer, at=now)
    StepSession.objects.all().delete()

    answer = client.get(reverse("reports:calendar", args=[centre.calendar_key]))

    assert (answer.status_code, Calendar.from_ical(answer.content).walk("VEVENT")) == (200, [])


def test_the_calendar_asks_seven_queries(read, client, centre, django_assert_num_queries):
    centre.refresh_from_db()

    with django_assert_num_queries(7):
        client.get(reverse("reports:calendar", args=[centre.calendar_key]))
