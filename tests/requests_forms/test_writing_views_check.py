"""Check your answers, and Send request."""

import pytest
from django.test import Client

from outbox.models import OutgoingEmail
from requests_forms.enums import Kind, Status
from requests_forms.models import Request
from requests_forms.services import save_request
from tests.factories.step_entries import StepEntryFactory
from tests.reports.test_pages_in_words import words_of
from tests.requests_forms.acts import begun
from tests.requests_forms.writing_pages import (
    CONSIDERED,
    GO_ON,
    close_registration,
    fingerprint_on,
    new_url,
    sit_papers,
    url_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def draft(entry, officer):
    """A request for access arrangements that can be sent."""
    return begun(Kind.ACCESS_ARRANGEMENT, entry, officer)


def test_check_shows_the_answers_in_words_with_ways_to_change_them(client, draft):
    page = client.get(url_of(draft, "check"))

    assert "<h1>Check your answers</h1>" in page.text
    assert "25% extra time for all papers" in words_of(page)
    assert "Candidate name Ann Smith" in words_of(page)
    assert 'Change<span class="visually-hidden"> 25% extra time</span>' in page.text


def test_a_draft_that_cannot_be_sent_leads_back_to_what_has_to_be_mended(client, draft, officer, now):
    save_request(request=draft, answers={"a_coloured": True}, by=officer, at=now)

    page = client.get(url_of(draft, "check"), follow=True)

    assert page.redirect_chain == [(url_of(draft) + "?judged=1", 302)]
    assert "Coloured paper: say which colour." in words_of(page)


def test_send_request_sends_it_once_and_says_what_happens_next(client, draft, officer):
    seen = fingerprint_on(client.get(url_of(draft, "check")))

    first = client.post(url_of(draft, "check"), seen, follow=True)
    second = client.post(url_of(draft, "check"), seen)

    sent = Request.objects.get()
    assert (sent.status, sent.sent_by) == (Status.SUBMITTED, officer)
    assert first.redirect_chain == [(url_of(draft, "detail"), 302)]
    assert f"The request {sent.reference} is sent to the STEP team." in words_of(first)
    assert second.url == url_of(draft, "detail")
    assert OutgoingEmail.objects.filter(key__startswith="request").count() == 1


def test_what_a_colleague_changed_meanwhile_is_checked_again_before_it_is_sent(client, draft, priya, now):
    seen = fingerprint_on(client.get(url_of(draft, "check")))
    save_request(request=draft, answers=draft.answers | {"note": "By Priya"}, by=priya, at=now)

    page = client.post(url_of(draft, "check"), seen)

    assert "This request was changed after you opened this page. Check it again." in words_of(page)
    assert "By Priya" in page.text
    assert Request.objects.get().status == Status.DRAFT
    assert fingerprint_on(page) != seen


def test_send_request_without_a_fingerprint_sends_nothing(client, draft):
    client.post(url_of(draft, "check"))

    assert Request.objects.get().status == Status.DRAFT


def test_a_window_that_closed_meanwhile_is_said_and_the_draft_kept(client, entry, officer):
    draft = begun(
        Kind.TIMETABLE_VARIATION,
        entry,
        officer,
        local_date="",
        local_time="",
        uk_time="11:00",
        uk_date=f"{entry.session.papers.get(paper='step-2').starts_at:%d/%m/%Y}",
    )
    seen = fingerprint_on(client.get(url_of(draft, "check")))
    close_registration()

    page = client.post(url_of(draft, "check"), seen)

    assert "Timetable variations could be asked for until registration closed" in words_of(page)
    assert "What you typed is kept as a draft, and was not sent." in words_of(page)
    assert "Send request" not in page.text
    assert Request.objects.get().status == Status.DRAFT


def test_an_event_is_sent_as_a_request_for_each_candidate(client, entry, officer):
    sit_papers(1, -5)
    other = StepEntryFactory(session=entry.session, centre=entry.centre, submitted_by=officer)
    page = client.post(
        new_url(entry, Kind.SPECIAL_CONSIDERATION), CONSIDERED | {"others": [other.number]} | GO_ON, follow=True
    )

    response = client.post(url_of(Request.objects.get(), "check"), fingerprint_on(page), follow=True)

    sent = Request.objects.sent()
    assert sorted(each.entry.number for each in sent) == sorted([entry.number, other.number])
    assert len({each.event for each in sent}) == 1
    assert "It is one of 2, one for each candidate of the event." in words_of(response)


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("check", "Check them and press Send request again."), ("discard", "Press Discard the request again.")],
)
def test_a_page_that_was_open_too_long_comes_again(draft, officer, name, sentence):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)

    page = client.post(url_of(draft, name), headers={"Origin": "http://testserver"})

    assert sentence in words_of(page)
    assert Request.objects.get().status == Status.DRAFT
