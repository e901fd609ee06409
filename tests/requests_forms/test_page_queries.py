"""Pages about one request ask as many queries for a little as for a lot."""

import pytest

from requests_forms.enums import Kind
from requests_forms.models import Message
from requests_forms.services import ask_for_more
from tests.factories.requests import EvidenceFactory, RequestFactory
from tests.factories.step_entries import StepEntryFactory
from tests.reports.pages import count_queries
from tests.requests_forms.acts import begun
from tests.requests_forms.writing_pages import sit_papers, url_of

pytestmark = pytest.mark.django_db

DETAIL_QUERIES, ANSWER_QUERIES, CHECK_QUERIES = 12, 11, 28


@pytest.fixture
def client(signed_in, officer):
    client = signed_in(officer)
    client.get("/account/my-details/")  # the first page of a session notes the session as well
    return client


@pytest.fixture
def case(entry, officer, staff, now):
    """A request to which the STEP team waits for an answer."""
    case = RequestFactory(entry=entry, started_by=officer, kind=Kind.WITHDRAWAL, answers={"reason": "other"})
    return ask_for_more(request=case, text="Why?", version=1, by=staff, at=now)


def fill(case, by, at, count):
    """So many more messages, each with a file."""
    for number in range(count):
        said = Message.objects.create(request=case, at=at, by=by, text=f"Words {number}")
        EvidenceFactory(request=case, message=said)
        EvidenceFactory(request=case)


@pytest.mark.parametrize(("page", "queries"), [("detail", DETAIL_QUERIES), ("answer", ANSWER_QUERIES)])
def test_the_page_of_a_request_asks_the_same_number_of_queries_for_a_short_and_a_long_thread(
    client, case, officer, now, page, queries
):
    fill(case, officer, now, 1)
    with_one = count_queries(client, url_of(case, page))
    fill(case, officer, now, 20)

    assert (with_one, count_queries(client, url_of(case, page))) == (queries, queries)


def test_check_asks_the_same_number_of_queries_for_2_and_for_30_candidates(client, entry, officer, session, centre):
    others = [StepEntryFactory(session=session, centre=centre).number for _ in range(30)]
    draft = begun(Kind.SPECIAL_CONSIDERATION, entry, officer, others=others[:1])
    sit_papers(0, -2)
    with_two = count_queries(client, url_of(draft, "check"))
    draft.answers["others"] = others
    draft.save()

    assert (with_two, count_queries(client, url_of(draft, "check"))) == (CHECK_QUERIES, CHECK_QUERIES)
