"""Entries Overview: what stands on it, and that it costs the same for three entries as for three hundred."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from centres.enums import CentreKind
from requests_forms.enums import Status
from step_entries.enums import Combination, EntryStatus
from step_entries.models import SessionNotice
from tests.factories.requests import RequestFactory
from tests.factories.step_entries import DraftFactory, StepEntryFactory
from tests.reports.pages import count_queries, rows, words_of

pytestmark = pytest.mark.django_db

HEADINGS = [
    "What is due",
    "Make a new test entry",
    "Entries breakdown",
    "Test status",
    "Centre Preferences",
    "Not entered yet: drafts",
    "Current entries",
    "Report",
]
OVERVIEW_QUERIES = 15
ADMIN_QUERIES = 8


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


def test_an_empty_overview_says_where_to_begin(client, session):
    page = client.get("/")

    assert "No candidate of your centre is entered" in page.text
    assert "Make a new test entry" in page.text


def test_the_headings_stand_in_their_order(client, session, centre, officer):
    StepEntryFactory(session=session, centre=centre)
    DraftFactory(session=session, centre=centre, started_by=officer)

    headings = re.findall(r"<h2[^>]*>([^<]*)</h2>", client.get("/").text.partition("<main")[2].partition("</main>")[0])

    assert headings == HEADINGS


def test_entries_of_another_centre_are_not_listed(client, session, centre, other_centre):
    own = StepEntryFactory(session=session, centre=centre)
    StepEntryFactory(session=session, centre=other_centre)

    assert rows(client.get("/")) == [own.number]


def test_withdrawn_entries_are_not_listed(client, session, centre):
    StepEntryFactory(session=session, centre=centre, status=EntryStatus.WITHDRAWN)

    assert rows(client.get("/")) == []


def test_the_breakdown_counts_papers_statuses_and_missing_ucas_ids(client, session, centre, now):
    StepEntryFactory(session=session, centre=centre, papers=Combination.STEP_2, ucas_id="1234567890")
    StepEntryFactory(session=session, centre=centre, papers=Combination.STEP_3)
    StepEntryFactory(session=session, centre=centre, status=EntryStatus.CONFIRMED, confirmed_at=now)

    breakdown = client.get("/").context["breakdown"]

    assert [(label, count) for _, label, count in breakdown.by_papers] == [
        ("STEP 2", 1),
        ("STEP 3", 1),
        ("STEP 2 and STEP 3", 1),
    ]
    assert [(label, count) for _, label, count in breakdown.by_status] == [("NOT YET CONFIRMED", 2), ("CONFIRMED", 1)]
    assert (breakdown.total, breakdown.without_ucas_id) == (3, 2)


def test_each_count_of_the_breakdown_leads_to_what_it_counts(client, session, centre, officer, now):
    StepEntryFactory(session=session, centre=centre, papers=Combination.STEP_2, ucas_id="1234567890")
    StepEntryFactory(session=session, centre=centre, status=EntryStatus.CONFIRMED, confirmed_at=now)
    StepEntryFactory(session=session, centre=centre, status=EntryStatus.WITHDRAWN, withdrawn_at=now)
    DraftFactory(session=session, centre=centre, started_by=officer)
    asked = StepEntryFactory(session=session, centre=centre, status=EntryStatus.WITHDRAWN, withdrawn_at=now)
    for status in (Status.DRAFT, Status.SUBMITTED, Status.MORE_INFORMATION, Status.DECLINED):
        RequestFactory(entry=asked, started_by=officer, status=status)

    section = client.get("/").text.partition('id="breakdown"')[2].partition("</section>")[0]
    counts = re.findall(r'<a href="([^"]*)">(\d+)<span class="visually-hidden"> ([^<]*)</span>', section)

    assert [(label, int(count), url) for url, count, label in counts] == [
        ("STEP 2", 1, "/entries/?papers=step-2"),
        ("STEP 2 and STEP 3", 1, "/entries/?papers=step-2-and-3"),
        ("NOT YET CONFIRMED", 1, "/entries/?status=not-yet-confirmed"),
        ("CONFIRMED", 1, "/entries/?status=confirmed"),
        ("All current entries", 2, "/entries/"),
        ("without a UCAS ID", 1, "/entries/?ucas_id=missing"),
        ("Open requests", 2, "/requests/"),
        ("requests with more information needed", 1, "/requests/?status=more-information"),
        ("Drafts without Submit", 1, "#drafts"),
        ("Withdrawn", 2, "/entries/?status=withdrawn"),
    ]
    for url, count, _ in counts:
        assert url == "#drafts" or len(client.get(url).context["page"].object_list) == int(count)


@pytest.mark.parametrize(
    ("sort", "expected"),
    [
        ("number", ["S00001", "S00002", "S00003"]),
        ("-number", ["S00003", "S00002", "S00001"]),
        ("candidate", ["S00002", "S00003", "S00001"]),
        ("created", ["S00003", "S00001", "S00002"]),
        ("nonsense; drop", ["S00002", "S00001", "S00003"]),
    ],
)
def test_current_entries_are_sorted_as_asked(client, session, centre, now, sort, expected):
    for number, last_name, days in (("S00001", "Young", 2), ("S00002", "Abbot", 1), ("S00003", "Moor", 3)):
        created_at = now - timedelta(days=days)
        StepEntryFactory(
            session=session, centre=centre, number=number, candidate__last_name=last_name, created_at=created_at
        )

    assert rows(client.get("/", {"sort": sort})) == expected


def test_current_entries_come_25_a_page_and_paging_keeps_the_sort(client, session, centre):
    StepEntryFactory.create_batch(26, session=session, centre=centre)

    first = client.get("/", {"sort": "number"})
    second = client.get("/", {"sort": "number", "page": 2})

    assert (len(rows(first)), len(rows(second))) == (25, 1)
    assert "?sort=number&amp;page=2" in first.text
    assert "page 2 of 2" in second.text


def test_a_page_past_the_end_shows_the_last_one(client, session, centre):
    entry = StepEntryFactory(session=session, centre=centre)

    assert rows(client.get("/", {"page": "99"})) == [entry.number]


def test_a_draft_is_shown_as_not_entered(client, session, centre, officer):
    DraftFactory(session=session, centre=centre, started_by=officer)

    page = client.get("/")

    assert "NOT ENTERED" in page.text
    assert "Ann Smith" in page.text


def test_every_page_of_many_shows_which_one_it_is(client, session, centre):
    StepEntryFactory.create_batch(301, session=session, centre=centre)

    for number in (1, 4, 7, 13):
        page = client.get("/", {"page": number})

        assert re.findall(r'aria-current="page" aria-label="(Page \d+)"', page.text) == [f"Page {number}"]
    assert client.get("/", {"page": 7}).context["page_numbers"] == [1, 2, "…", 5, 6, 7, 8, 9, "…", 12, 13]


def test_all_drafts_are_counted_also_those_that_are_not_shown(client, session, centre, officer):
    DraftFactory.create_batch(60, session=session, centre=centre, started_by=officer)

    page = client.get("/")

    assert "60 drafts without Submit" in words_of(page)
    assert "Shown: the 50 that were changed last." in words_of(page)
    assert page.text.count("NOT ENTERED") == 50


def test_the_last_minute_of_registration_is_counted_to_its_end(signed_in, officer, session):
    session.closes_at = session.closes_at.replace(second=0, microsecond=0)
    session.save()
    with time_machine.travel(session.closes_at + timedelta(seconds=15), tick=False):
        page = signed_in(officer).get("/")

    assert "Registration closes in 45 seconds" in words_of(page)


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (timedelta(days=-90), "not entered, and registration opens on"),
        (timedelta(days=-1), "not entered, and registration closes on"),
        (timedelta(days=1), "not entered, and registration closed on"),
    ],
)
def test_drafts_are_told_of_registration_in_the_right_tense(signed_in, officer, session, centre, moment, words):
    DraftFactory(session=session, centre=centre, started_by=officer)
    with time_machine.travel(session.closes_at + moment):
        page = signed_in(officer).get("/")

    assert words in words_of(page)


def test_the_name_of_a_draft_leads_officers_on_and_is_plain_text_for_readers(
    signed_in, officer, colleague, session, centre
):
    draft = DraftFactory(session=session, centre=centre, started_by=officer)
    link = re.compile(rf'<a href="[^"]*{draft.key}[^"]*">Ann Smith</a>')

    assert link.search(signed_in(officer).get("/").text)
    assert not link.search(signed_in(colleague).get("/").text)


def test_read_only_members_get_a_plain_link_to_the_test(signed_in, officer, colleague, session):
    for_officer, for_reader = signed_in(officer).get("/").text, signed_in(colleague).get("/").text

    assert "btn-primary" in for_officer.partition("Make a new test entry")[2].partition("</section>")[0]
    section = for_reader.partition("Make a new test entry")[2].partition("</section>")[0]
    assert "btn-primary" not in section
    assert ">STEP: key dates and fees</a>" in section


def test_an_entry_waiting_for_48_hours_is_flagged(client, session, centre, now):
    StepEntryFactory(session=session, centre=centre, created_at=now - timedelta(hours=48))

    page = client.get("/")

    assert "1 entry not confirmed for more than 48 hours" in " ".join(page.text.split())


def test_the_step_tab_stands_only_while_registration_is_open(signed_in, officer, session):
    tab = f'<a href="{reverse("step_entries:test-page")}" >STEP</a>'

    assert tab in signed_in(officer).get("/").text
    with time_machine.travel(session.closes_at + timedelta(minutes=1)):
        closed = signed_in(officer).get("/")
    assert tab not in closed.text
    assert f"{session}: closed." in closed.text


def test_the_step_tab_stands_only_for_approved_centres(client, centre, session):
    centre.approvals.all().delete()

    page = client.get("/")

    assert f'<a href="{reverse("step_entries:test-page")}" >STEP</a>' not in page.text
    assert "Your centre is not approved to offer STEP." in page.text


def test_notices_are_shown_to_their_audience_in_their_time(client, session, centre, now):
    for text, audience, since in (
        ("For all", "all", -1),
        ("For open centres", "open", -1),
        ("For internal centres", "internal", -1),
        ("Later", "all", 1),
    ):
        SessionNotice.objects.create(session=session, text=text, audience=audience, since=now + timedelta(days=since))

    internal = client.get("/").text
    centre.kind = CentreKind.OPEN
    centre.save()
    opened = client.get("/").text

    assert [text in internal for text in ("For all", "For open", "For internal", "Later")] == [True, False, True, False]
    assert [text in opened for text in ("For all", "For open", "For internal", "Later")] == [True, True, False, False]


def test_the_overview_asks_the_same_number_of_queries_for_3_and_for_1000_entries(client, session, centre, officer):
    DraftFactory.create_batch(3, session=session, centre=centre, started_by=officer)
    StepEntryFactory.create_batch(3, session=session, centre=centre, submitted_by=officer)
    client.get("/")  # the first page of a session notes the session as well
    with_three = count_queries(client, "/")
    for entry in StepEntryFactory.create_batch(997, session=session, centre=centre, submitted_by=officer)[-100:]:
        RequestFactory(entry=entry, started_by=officer)

    assert (with_three, count_queries(client, "/")) == (OVERVIEW_QUERIES, OVERVIEW_QUERIES)


def test_the_admin_list_asks_the_same_number_of_queries_for_3_and_for_300_entries(signed_in, staff, session, officer):
    client, url = signed_in(staff), reverse("admin:step_entries_stepentry_changelist")
    StepEntryFactory.create_batch(3, session=session, submitted_by=officer)
    client.get(url)  # the first page of a session notes the session as well
    with_three = count_queries(client, url)
    StepEntryFactory.create_batch(297, session=session, submitted_by=officer)

    assert (with_three, count_queries(client, url)) == (ADMIN_QUERIES, ADMIN_QUERIES)
