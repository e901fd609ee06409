"""What the pages of entries and of accounts say of requests, and what they offer."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.urls import reverse

from centres.enums import CentreKind
from core.history import record
from requests_forms.enums import ABOUT_AN_ENTRY, Kind, Status
from requests_forms.templatetags.request_words import history_in_words, offered
from step_entries.enums import EntryStatus
from tests.factories.requests import RequestFactory
from tests.factories.step_entries import StepEntryFactory
from tests.reports.pages import words_of
from tests.requests_forms.acts import sent

pytestmark = pytest.mark.django_db

ACTIONS = [
    "Submit access arrangement",
    "Submit entry amendment",
    "Submit timetable variation request",
    "Submit withdrawal request",
    "Submit special consideration",
]
ACCESS, AMENDMENT, VARIATION, WITHDRAWAL, CONSIDERATION = ABOUT_AN_ENTRY


@pytest.fixture
def moments(session):
    """Moments of a session by what can be asked at them."""
    papers = {paper.paper: paper.starts_at for paper in session.papers.all()}
    return {
        "before": session.opens_at - timedelta(days=1),
        "registration": session.closes_at - timedelta(days=20),
        "closed": session.closes_at + timedelta(days=1),
        "step-2": papers["step-2"] + timedelta(hours=4),
        "results": session.results_at + timedelta(days=1),
    }


# --- what is offered --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", CentreKind)
def test_internal_and_open_centres_are_offered_special_consideration_and_send_it_alike(entry, officer, moments, kind):
    entry.centre.kind = kind
    entry.centre.save()

    offers = {offer.kind: offer.is_open for offer in offered(entry, moments["step-2"])}

    assert offers[CONSIDERATION]
    assert sent(CONSIDERATION, entry, officer).status == Status.SUBMITTED


@pytest.mark.parametrize(
    ("moment", "kinds"),
    [
        ("before", set()),
        ("registration", {ACCESS, VARIATION}),
        ("closed", {ACCESS, AMENDMENT, WITHDRAWAL}),
        ("step-2", {ACCESS, AMENDMENT, WITHDRAWAL, CONSIDERATION}),
        ("results", set()),
    ],
)
def test_each_webform_is_offered_in_its_window_and_says_why_and_until_when_otherwise(entry, moments, moment, kinds):
    offers = offered(entry, moments[moment])

    assert [offer.title for offer in offers] == ACTIONS
    assert {offer.kind for offer in offers if offer.is_open} == kinds
    assert [offer.kind for offer in offers if not re.search(r"\b20\d\d", offer.sentence)] == []


def test_nothing_is_offered_for_a_withdrawn_entry(session, centre, now):
    entry = StepEntryFactory(session=session, centre=centre, status=EntryStatus.WITHDRAWN)

    offers = offered(entry, now)

    assert [offer.kind for offer in offers if offer.is_open] == []
    assert all("This entry is withdrawn" in offer.sentence for offer in offers)


def test_the_sentence_of_an_access_arrangement_tells_both_deadlines_and_later_that_it_is_late(entry, moments):
    in_time, late = (offered(entry, moments[moment])[0].sentence for moment in ("registration", "closed"))

    assert in_time.startswith("Modified papers until ")
    assert late.startswith("Late, and looked at case by case, until the last paper begins on ")


def links_in(text, entry):
    """The webforms that a part of a page leads to, each with whether it opens in a new page."""
    pattern = rf'<a href="/requests/new/([a-z-]+)/{entry.number}/"([^>]*)>'
    return {kind: 'target="_blank" rel="noopener"' in rest for kind, rest in re.findall(pattern, text)}


@pytest.mark.parametrize("page_name", ["reports:overview", "reports:entries"])
def test_the_action_list_offers_what_can_be_asked_now_in_a_new_page(signed_in, officer, entry, page_name):
    page = signed_in(officer).get(reverse(page_name))

    assert links_in(page.text, entry) == {"access-arrangement": True, "timetable-variation": True}
    assert f"Submit access arrangement for {entry.number} (opens in a new page)" in words_of(page)


def test_the_action_list_of_read_only_members_and_of_withdrawn_entries_offers_nothing(
    signed_in, officer, colleague, entry, session, centre
):
    withdrawn = StepEntryFactory(session=session, centre=centre, status=EntryStatus.WITHDRAWN)

    for_reader = signed_in(colleague).get("/entries/")
    of_withdrawn = signed_in(officer).get("/entries/?status=withdrawn")

    assert links_in(for_reader.text, entry) == {}
    assert links_in(of_withdrawn.text, withdrawn) == {}


def test_the_page_of_an_entry_offers_the_forms_that_are_open_and_tells_of_all_five(
    signed_in, officer, colleague, entry, moments
):
    url = reverse("step_entries:entry-detail", args=[entry.number])
    with time_machine.travel(moments["step-2"], tick=False):
        page, for_reader = (signed_in(person).get(url) for person in (officer, colleague))

    assert set(links_in(page.text, entry)) == {ACCESS, AMENDMENT, WITHDRAWAL, CONSIDERATION}
    assert [title for title in ACTIONS if title not in words_of(page)] == []
    assert links_in(for_reader.text, entry) == {}


def test_the_page_of_a_withdrawn_entry_says_once_that_nothing_can_be_asked(signed_in, officer, session, centre):
    entry = StepEntryFactory(session=session, centre=centre, status=EntryStatus.WITHDRAWN)

    words = words_of(signed_in(officer).get(reverse("step_entries:entry-detail", args=[entry.number])))

    assert words.count("This entry is withdrawn, so nothing can be asked for it") == 1
    assert [title for title in ACTIONS if title in words] == []


# --- what was asked ---------------------------------------------------------------------------------------------------


def test_the_page_of_an_entry_lists_its_requests_and_those_not_sent(signed_in, officer, colleague, entry):
    case = RequestFactory(entry=entry, started_by=officer, kind=Kind.ACCESS_ARRANGEMENT, status=Status.IN_PROGRESS)
    draft = RequestFactory(entry=entry, started_by=officer, kind=Kind.TIMETABLE_VARIATION, status=Status.DRAFT)
    url = reverse("step_entries:entry-detail", args=[entry.number])

    page, for_reader = (signed_in(person).get(url) for person in (officer, colleague))

    for shown in (page, for_reader):
        assert f"Access arrangement {case} In progress sent" in words_of(shown)
        assert f"Timetable variation {draft} Not sent begun" in words_of(shown)
    assert f"/requests/{draft}/edit/" in page.text
    assert f"/requests/{draft}/edit/" not in for_reader.text


@pytest.mark.parametrize(
    ("status", "is_requested"),
    [(Status.SUBMITTED, True), (Status.MORE_INFORMATION, True), (Status.DRAFT, False), (Status.WITHDRAWN, False)],
)
def test_withdrawal_requested_stands_beside_the_status_while_it_is_open(
    signed_in, officer, entry, status, is_requested
):
    RequestFactory(entry=entry, started_by=officer, kind=Kind.WITHDRAWAL, status=status)
    client = signed_in(officer)

    pages = [client.get(url) for url in (reverse("step_entries:entry-detail", args=[entry.number]), "/", "/entries/")]

    found = ["NOT YET CONFIRMED withdrawal requested" in words_of(page) for page in pages]
    assert found == [is_requested] * 3


def test_history_in_words_leaves_out_files_for_those_who_may_not_read(officer, entry):
    case = RequestFactory(entry=entry, started_by=officer)
    for action in ("request.moved.send", "evidence.added", "request.opened"):
        record(by=officer, at=case.sent_at, action=action, subjects=[case])

    assert [words for _, words in history_in_words(case, True)] == [
        "a file was added by Olivia Marsh",
        "sent by Olivia Marsh",
    ]
    assert [words for _, words in history_in_words(case, False)] == ["sent by Olivia Marsh"]


# --- My Details -------------------------------------------------------------------------------------------------------

ASK = "Ask for a change of users, exams officer or centre details"


def test_my_details_lead_to_a_change_of_accounts_and_show_what_one_asked(signed_in, officer, priya, centre):
    own = RequestFactory(entry=None, centre=centre, kind=Kind.ACCOUNT_CHANGE, started_by=officer)
    other = RequestFactory(entry=None, centre=centre, kind=Kind.ACCOUNT_CHANGE, started_by=priya)

    page = signed_in(officer).get("/account/my-details/")

    assert f'<a href="{reverse("requests:new-account")}">{ASK}</a>' in page.text
    assert f"{own} Northgate School: Submitted" in words_of(page)
    assert other.reference not in page.text


@pytest.mark.parametrize("person", ["colleague", "staff", "stranger"])
def test_my_details_of_others_do_not_offer_it(request, signed_in, person):
    page = signed_in(request.getfixturevalue(person)).get("/account/my-details/")

    assert (page.status_code, ASK in page.text) == (200, False)


def test_the_pages_of_requests_belong_to_the_tab_entries_overview(signed_in, officer, entry):
    case = RequestFactory(entry=entry, started_by=officer)
    client = signed_in(officer)

    for url in ("/requests/", f"/requests/{case}/"):
        assert '<a href="/" aria-current="page">Entries Overview</a>' in client.get(url).text
