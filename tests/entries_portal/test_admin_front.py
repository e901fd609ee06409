"""The administration's front page: what needs attention, and numbers that each lead to the list that was counted."""

import re
from datetime import UTC, datetime, timedelta
from html import unescape

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.services import people
from centres.models import Centre
from core.moments import UK, in_words
from entries_portal.front_page import LONGEST_BAR, entries_by_day, figures, next_deadlines
from outbox.enums import EmailStatus
from outbox.models import StaffAlert
from outbox.services import raise_alert
from step_entries.enums import EntryStatus
from step_entries.models import SessionExtension, StepSession
from tests.factories.candidates import CandidateFactory
from tests.factories.outbox import OutgoingEmailFactory
from tests.factories.step_entries import DraftFactory, SessionFactory, StepEntryFactory
from tests.reports.test_overview import words_of

pytestmark = pytest.mark.django_db

FRONT_PAGE_QUERIES = 19
DAY = timedelta(days=1)


@pytest.fixture
def client(signed_in, staff):
    return signed_in(staff)


@pytest.fixture
def portal(session, centre, other_centre, now):
    """One of everything that is counted, and of most of it another that must not be."""
    shared = {"session": session, "centre": centre}
    ann = StepEntryFactory(**shared, created_at=now - DAY / 4)
    twin = CandidateFactory(centre=other_centre, first_name=ann.first_name, last_name=ann.last_name)
    StepEntryFactory(session=session, centre=other_centre, candidate=twin, created_at=now)
    StepEntryFactory(**shared, created_at=now, held_at=now, held_reason="x")
    StepEntryFactory(**shared, created_at=now - 3 * DAY)
    StepEntryFactory(**shared, status=EntryStatus.CONFIRMED, confirmed_at=now)
    StepEntryFactory(**shared, status=EntryStatus.WITHDRAWN, withdrawn_at=now)
    StepEntryFactory(session=SessionFactory(opens_at=now - 400 * DAY), status=EntryStatus.CONFIRMED, confirmed_at=now)
    DraftFactory(**shared)
    DraftFactory(**shared, answers={})
    DraftFactory(**shared, submitted_at=now)
    OutgoingEmailFactory(status=EmailStatus.FAILED)
    OutgoingEmailFactory()
    SessionExtension.objects.create(session=session, centre=centre, closes_at=session.closes_at + DAY)
    raise_alert(key="event", sentence="Look at this.", at=now)


def counts_of(session, now):
    return [(figure.label, figure.count) for figure in figures(session, now)]


def test_everything_that_waits_is_counted(portal, session, now):
    assert counts_of(session, now) == [
        ("NOT YET CONFIRMED", 4),
        ("Due for confirmation now", 2),
        ("Held by staff", 1),
        ("Not confirmed for more than 48 hours", 1),
        ("Mails parked after the last try", 1),
        (f"CONFIRMED for {session}", 1),
        (f"Drafts not entered for {session}", 1),
        (f"People at several centres in {session}", 1),
    ]


def test_each_number_leads_to_the_list_of_what_it_counts(portal, client, session, now):
    shown = client.get(reverse("admin:index")).context

    for figure in [*shown["figures"], *shown["days"]]:
        page = client.get(figure.url)
        listed = page.context["cl"].result_count if "cl" in page.context else page.context["people"].count
        assert (figure.url, listed) == (figure.url, figure.count)


def test_only_what_is_wrong_is_marked(portal, session, now):
    assert [figure.label for figure in figures(session, now) if figure.is_alarming] == [
        "Not confirmed for more than 48 hours",
        "Mails parked after the last try",
    ]


def test_without_a_session_only_what_waits_is_counted(client, now):
    page = client.get(reverse("admin:index"))

    assert [figure.count for figure in page.context["figures"]] == [0, 0, 0, 0, 0]
    assert "No date of a session is to come." in words_of(page)
    assert "There is no alarm." in words_of(page)


def test_an_alarm_stands_until_it_is_settled(client, now):
    raise_alert(key="event", sentence="Look at this.", at=now)

    before = client.get(reverse("admin:index")).text
    action = {"action": "settle", "_selected_action": [StaffAlert.objects.get().pk]}
    client.post(reverse("admin:outbox_staffalert_changelist"), action)
    after = client.get(reverse("admin:index")).text

    assert "Look at this." in before
    assert "Look at this." not in after


# --- entries by day ---------------------------------------------------------------------------------------------------


def test_entries_are_counted_by_the_day_in_the_united_kingdom(session):
    noon = datetime(2027, 5, 4, 12, tzinfo=UK)
    for at in (
        datetime(2027, 5, 3, 22, 59, tzinfo=UTC),  # 23:59 BST on 3 May
        datetime(2027, 5, 3, 23, 0, tzinfo=UTC),  # 00:00 BST on 4 May
        datetime(2027, 5, 4, 10, 0, tzinfo=UTC),
        datetime(2027, 4, 20, 23, 0, tzinfo=UTC),  # 00:00 BST on 21 April, the first of 14 days
        datetime(2027, 4, 20, 22, 59, tzinfo=UTC),
    ):
        StepEntryFactory(session=session, created_at=at)

    days = entries_by_day(noon)

    assert [f"{each.day:%d %b}" for each in (days[0], days[-1])] == ["04 May", "21 Apr"]
    assert [each.count for each in days] == [2, 1, *[0] * 11, 1]
    assert [len(each.bar) for each in days] == [LONGEST_BAR, LONGEST_BAR // 2, *[0] * 11, LONGEST_BAR // 2]


def test_one_entry_among_many_has_a_bar_too(session, now):
    StepEntryFactory.create_batch(50, session=session, created_at=now)
    StepEntryFactory(session=session, created_at=now - DAY)

    assert [len(day.bar) for day in entries_by_day(now)][:3] == [LONGEST_BAR, 1, 0]


# --- next deadlines ---------------------------------------------------------------------------------------------------


def test_the_next_deadlines_stand_soonest_first_those_of_single_centres_among_them(session, centre, now):
    SessionExtension.objects.create(session=session, centre=centre, closes_at=session.closes_at + DAY)

    deadlines = next_deadlines(now)

    assert [(deadline.at, deadline.label.removeprefix(f"{session}: ")) for deadline in deadlines] == [
        (session.modified_papers_until, "last moment for modified papers"),
        (session.closes_at, "registration closes"),
        (session.closes_at + DAY, "registration closes for 61111 Northgate School alone"),
        (session.closes_at + 40 * DAY, "STEP 2 begins"),
        (session.closes_at + 46 * DAY, "STEP 3 begins"),
        (session.results_at, "results released"),
    ]


def test_a_deadline_stands_until_its_minute_is_over(session):
    ends_at = session.window.ends_at

    assert "registration closes" in next_deadlines(ends_at - timedelta(microseconds=1))[0].label
    assert "registration closes" not in next_deadlines(ends_at)[0].label


def test_a_session_that_is_not_shown_to_centres_has_no_deadlines_yet(session, now):
    StepSession.objects.update(is_published=False)

    assert next_deadlines(now) == []


# --- what it costs ----------------------------------------------------------------------------------------------------


def test_the_front_page_asks_the_same_number_of_queries_for_one_of_everything_and_for_many(
    portal, client, session, centre, now
):
    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert client.get(reverse("admin:index")).status_code == 200
        return len(asked)

    queries()  # the first page of a session notes the session as well
    with_one = queries()
    for number in range(20):
        school = Centre.objects.create(number=f"700{number:02}", name="School")
        SessionExtension.objects.create(session=session, centre=school, closes_at=session.closes_at + DAY)
        raise_alert(key=f"event-{number}", sentence="Look at this.", at=now)
    StepEntryFactory.create_batch(100, session=session, centre=centre)
    DraftFactory.create_batch(20, session=session, centre=centre)

    assert (with_one, queries()) == (FRONT_PAGE_QUERIES, FRONT_PAGE_QUERIES)


def test_the_page_says_of_what_moment_its_numbers_are(signed_in, staff, session, now):
    with time_machine.travel(now, tick=False):
        page = signed_in(staff).get(reverse("admin:index"))

    assert f"Numbers on {in_words(now)}" in words_of(page)


def test_the_history_button_of_a_row_leads_to_what_the_portal_recorded_of_it(client, staff, officer, now):
    people.lock_user(user=officer, reason="Asked for by telephone", by=staff, at=now)
    link = re.search(
        r'href="([^"]+)" class="historylink"', client.get(f"/admin/accounts/user/{officer.pk}/change/").text
    )[1]

    page = client.get(unescape(link)).text

    assert "1 history entry" in page
    assert ("user.locked" in page, "Asked for by telephone" in page) == (True, True)
