"""What the lists of entries tell of requests: the column, the filter, and what is due."""

import pytest
import time_machine

from requests_forms.enums import Kind, Status
from step_entries.enums import EntryStatus
from tests.factories.requests import RequestFactory
from tests.factories.step_entries import StepEntryFactory
from tests.reports.pages import rows, words_of

pytestmark = pytest.mark.django_db

LIST = "/entries/"


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def asked(session, centre, officer, now):
    """Entries by what was asked for each."""

    def entry(*statuses, **fields):
        entry = StepEntryFactory(session=session, centre=centre, **fields)
        for kind, status in zip(Kind, statuses, strict=False):
            RequestFactory(entry=entry, started_by=officer, kind=kind, status=status)
        return entry

    gone = {"status": EntryStatus.WITHDRAWN, "withdrawn_at": now}
    return {
        "nothing": entry(),
        "begun": entry(Status.DRAFT),
        "open": entry(Status.SUBMITTED, Status.IN_PROGRESS, Status.DRAFT),
        "questioned": entry(Status.SUBMITTED, Status.MORE_INFORMATION),
        "ended": entry(Status.APPROVED, Status.WITHDRAWN),
        "withdrawn": entry(Status.SUBMITTED, **gone),
    }


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("begun", "1 not sent"),
        ("open", "2 open"),
        ("questioned", "More information needed"),
        ("ended", "2 ended"),
    ],
)
def test_the_column_tells_the_most_pressing_and_leads_to_the_requests_of_the_entry(client, asked, name, words):
    number = asked[name].number

    page = client.get(LIST)

    link = f'<a href="/requests/?search={number}&amp;status=all">{words}<span'
    assert link in page.text


def test_the_column_says_none_where_nothing_was_asked(client, asked):
    page = client.get(LIST, {"requests": "none"})

    assert rows(page) == [asked["nothing"].number]
    assert "NOT YET CONFIRMED None" in words_of(page)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, {"nothing", "begun", "open", "questioned", "ended"}),
        ({"requests": "all"}, {"nothing", "begun", "open", "questioned", "ended"}),
        ({"requests": "open"}, {"open", "questioned"}),
        ({"requests": "more-information"}, {"questioned"}),
        ({"requests": "none"}, {"nothing"}),
        ({"requests": "open", "status": "withdrawn"}, {"withdrawn"}),
        ({"requests": "nonsense"}, {"nothing", "begun", "open", "questioned", "ended"}),
    ],
)
def test_entries_are_filtered_by_their_requests(client, asked, query, found):
    assert set(rows(client.get(LIST, query))) == {asked[name].number for name in found}


def test_what_waits_among_requests_is_due_for_its_own_centre(signed_in, officer, officer_elsewhere, asked):
    own, others = (words_of(signed_in(person).get("/")) for person in (officer, officer_elsewhere))

    assert "1 request needs more information. Answer: nothing is decided until then. Show the request" in own
    assert "Access arrangement: 1 request is not sent. Go on and send it, or discard it." in own
    assert "needs more information" not in others
    assert "not sent" not in others


def test_special_consideration_is_due_after_a_paper_with_candidates_of_the_centre(
    signed_in, officer, officer_elsewhere, session, centre
):
    StepEntryFactory(session=session, centre=centre)
    starts_at = session.papers.get(paper="step-2").starts_at

    with time_machine.travel(starts_at, tick=False):
        own, others = (words_of(signed_in(person).get("/")) for person in (officer, officer_elsewhere))

    assert "Special consideration for STEP 2 can be asked for." in own
    assert "Special consideration for STEP" not in others


def test_a_list_past_its_end_still_offers_its_actions(client, asked):
    page = client.get(LIST, {"page": "99"})

    assert f"/requests/new/access-arrangement/{asked['nothing'].number}/" in page.text
