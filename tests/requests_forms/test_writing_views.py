"""Writing a request: opening its form, keeping what is typed, and who may."""

import pytest
from django.test import Client
from structlog.testing import capture_logs

from accounts.services.sessions import keep_post
from requests_forms.enums import Kind, Status
from requests_forms.models import Request
from requests_forms.services import drafts, raise_request
from step_entries.services import withdraw_entry
from tests.factories.requests import RequestFactory
from tests.reports.test_pages_in_words import words_of
from tests.requests_forms.writing_pages import ARRANGED, GO_ON, close_registration, new_url, tag, url_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def draft(entry, officer, now):
    """A request for access arrangements that was begun."""
    return raise_request(
        kind=Kind.ACCESS_ARRANGEMENT,
        centre=entry.centre,
        entry=entry,
        answers={"a_reader": True, "note": "Since June"},
        by=officer,
        at=now,
    )


# --- opening ----------------------------------------------------------------------------------------------------------


def test_a_new_form_has_five_fields_filled_in_that_cannot_be_typed_into(client, entry):
    page = client.get(new_url(entry))

    assert "<h1>Submit access arrangement</h1>" in page.text
    assert page.text.count(" readonly>") == 5
    assert 'value="61111" readonly' in tag(page, "centre_number")
    assert f'value="{entry.number}" readonly' in tag(page, "candidate_number")
    assert f'value="{entry.session}" readonly' in tag(page, "test")
    assert 'value="Ann Smith" readonly' in tag(page, "candidate_name")
    assert 'value="4 March 2009" readonly' in tag(page, "candidate_date_of_birth")
    assert Request.objects.count() == 0


def test_a_new_form_leads_to_the_draft_that_a_colleague_began(signed_in, priya, entry, draft):
    page = signed_in(priya).get(new_url(entry), follow=True)

    assert page.redirect_chain == [(url_of(draft), 302)]
    assert "Begun by Olivia Marsh" in words_of(page)
    assert "Since June" in page.text
    assert " checked" in tag(page, "a_reader")


def test_a_draft_opens_without_errors_until_it_is_judged(client, draft):
    opened, judged = client.get(url_of(draft)), client.get(url_of(draft) + "?judged=1")

    assert "There is something to mend" not in opened.text
    assert "Select which evidence of the candidate" in judged.text


def test_what_was_asked_for_before_is_named_beside_the_form(client, entry):
    sent = RequestFactory(entry=entry, status=Status.IN_PROGRESS)

    page = client.get(new_url(entry))

    assert f"{sent.reference}, " in words_of(page)
    assert url_of(sent, "detail") in page.text


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (Kind.ENTRY_AMENDMENT, "change the entry yourself, with the Edit buttons of its page."),
        (Kind.WITHDRAWAL, "withdraw the entry yourself, with Withdraw entry on its page."),
        (Kind.SPECIAL_CONSIDERATION, "ask from that day to"),
    ],
)
def test_a_kind_outside_its_window_says_why_and_leads_on(client, entry, kind, sentence):
    page = client.get(new_url(entry, kind))

    assert page.status_code == 200
    assert sentence in words_of(page)
    assert "Continue" not in page.text
    assert ">Go to the entry</a>" in page.text


def test_a_withdrawn_entry_says_that_nothing_can_be_asked_for_it(client, entry, officer, now):
    withdraw_entry(entry=entry, version=1, by=officer, at=now)

    assert "This entry is withdrawn, so nothing can be asked for it." in words_of(client.get(new_url(entry)))


@pytest.mark.parametrize("kind", ["account-change", "x", "Withdrawal"])
def test_a_kind_that_is_not_about_an_entry_is_not_found(client, entry, kind):
    assert client.get(new_url(entry, kind)).status_code == 404


def test_an_entry_or_a_draft_of_another_centre_is_not_found(signed_in, officer_elsewhere, entry, draft):
    client = signed_in(officer_elsewhere)

    asked = [client.get(new_url(entry)), client.post(new_url(entry), ARRANGED), client.get(url_of(draft))]
    asked += [client.get(url_of(draft, name)) for name in ("check", "discard")]

    assert [page.status_code for page in asked] == [404] * 5


def test_a_read_only_member_writes_nothing(signed_in, colleague, entry, draft):
    client = signed_in(colleague)

    asked = [client.get(new_url(entry)), client.post(new_url(entry), ARRANGED), client.post(url_of(draft), ARRANGED)]
    asked += [client.post(url_of(draft, name)) for name in ("check", "discard")]

    assert [page.status_code for page in asked] == [403] * 5
    assert Request.objects.get().answers == draft.answers


# --- keeping what is typed --------------------------------------------------------------------------------------------


def test_continue_keeps_the_answers_and_leads_to_check(client, entry, officer):
    response = client.post(new_url(entry), ARRANGED | GO_ON)

    draft = Request.objects.get()
    assert (draft.status, draft.started_by, draft.entry) == (Status.DRAFT, officer, entry)
    assert draft.answers["a_extra-time-25"] is True
    assert draft.answers["evidence_type"] == "form-8"
    assert "files" not in draft.answers
    assert response.url == url_of(draft, "check")


def test_what_is_wrong_is_said_at_its_field_and_what_was_typed_is_kept(client, entry):
    page = client.post(new_url(entry), {"a_coloured": "on", "note": "For reading"} | GO_ON)

    draft = Request.objects.get()
    assert 'href="#id_d_coloured">Coloured paper: say which colour.' in page.text
    assert 'href="#id_evidence_type"' in page.text
    assert "<title>Error: Submit access arrangement" in page.text
    assert f'action="{url_of(draft)}"' in page.text
    assert " checked" in tag(page, "a_coloured")
    assert draft.answers["note"] == "For reading"


def test_save_for_later_keeps_what_is_not_finished_and_says_nothing_against_it(client, entry):
    response = client.post(new_url(entry), {"note": "For reading", "go": "later"}, follow=True)

    draft = Request.objects.get()
    assert f"The request {draft.reference} is saved and not sent." in words_of(response)
    assert draft.answers["note"] == "For reading"


def test_a_second_tab_and_a_second_click_write_the_same_draft(client, entry):
    client.post(new_url(entry), {"note": "First"} | GO_ON)
    client.post(new_url(entry), {"note": "Second"} | GO_ON)

    assert Request.objects.get().answers["note"] == "Second"


def test_what_is_typed_after_the_window_closed_is_kept_and_the_reason_said(client, entry):
    close_registration()

    page = client.post(new_url(entry, Kind.TIMETABLE_VARIATION), {"explanation": "They fly."} | GO_ON)

    assert "Timetable variations could be asked for until registration closed" in words_of(page)
    assert "What you typed is kept as a draft, and was not sent." in words_of(page)
    assert ">Continue<" not in page.text
    assert Request.objects.get().answers["explanation"] == "They fly."


def test_a_forged_field_is_not_used_and_noted_without_its_value(client, entry, officer):
    forged = {"centre_number": "61111", "candidate_number": "S99999", "candidate_name": "Bob Jones"}

    with capture_logs() as logs:
        client.post(new_url(entry), ARRANGED | GO_ON | forged)

    [line] = [each for each in logs if each["event"] == "forged_field"]
    assert line == {
        "event": "forged_field",
        "log_level": "warning",
        "user_id": officer.pk,
        "entry": entry.number,
        "fields": ["candidate_number", "candidate_name"],
    }
    assert Request.objects.get().entry == entry
    assert "S99999" not in str(Request.objects.get().answers)


def test_fields_that_come_back_as_they_were_are_not_noted(client, entry):
    page = client.get(new_url(entry))
    names = ["centre_number", "candidate_number", "test", "candidate_name", "candidate_date_of_birth"]
    as_they_were = {name: tag(page, name).split('value="')[1].split('"')[0] for name in names}

    with capture_logs() as logs:
        client.post(new_url(entry), ARRANGED | GO_ON | as_they_were)

    assert [each for each in logs if each["event"] == "forged_field"] == []


def test_a_draft_that_was_sent_meanwhile_is_not_written_over(client, draft):
    Request.objects.filter(pk=draft.pk).update(status=Status.SUBMITTED, sent_at=draft.started_at)

    response = client.post(url_of(draft), {"note": "Too late"} | GO_ON, follow=True)

    assert response.redirect_chain == [(url_of(draft, "detail"), 302)]
    assert f"The request {draft.reference} was sent already." in words_of(response)
    assert Request.objects.get().answers == draft.answers
    assert client.get(url_of(draft)).url == client.get(url_of(draft, "check")).url == url_of(draft, "detail")


@pytest.mark.parametrize("is_begun", [False, True])
def test_what_was_posted_after_the_session_ended_is_offered_again(client, entry, officer, now, is_begun, request):
    url = url_of(request.getfixturevalue("draft")) if is_begun else new_url(entry)
    keep_post(user=officer, path=url, fields={"note": ["Since May"], "a_scribe": ["on"]}, at=now)

    page = client.get(url)
    client.post(url, {"note": "Since May", "go": "later"})

    assert "What you typed is below and not saved yet" in page.text
    assert "Files have to be added again." in page.text
    assert "Since May" in page.text
    assert " checked" in tag(page, "a_scribe")
    assert Request.objects.get().answers["note"] == "Since May"
    assert "not saved yet" not in client.get(url, follow=True).text


def test_a_page_that_was_open_too_long_comes_again_with_what_was_typed(entry, officer):
    client = Client(enforce_csrf_checks=True)
    client.force_login(officer)

    page = client.post(new_url(entry), {"note": "Since May"} | GO_ON, headers={"Origin": "http://testserver"})

    assert "Check your answers below and press Continue again." in page.text
    assert "Since May" in page.text
    assert Request.objects.count() == 0


# --- discarding -------------------------------------------------------------------------------------------------------


def test_discarding_asks_and_then_deletes_the_draft(client, draft):
    asked = client.get(url_of(draft, "discard"))
    response = client.post(url_of(draft, "discard"), follow=True)

    assert "Access arrangement for S00001 Ann Smith" in words_of(asked)
    assert f"The request {draft.reference} is discarded. Nothing was sent." in words_of(response)
    assert Request.objects.count() == 0


def test_a_request_that_was_sent_is_not_discarded(client, draft):
    Request.objects.filter(pk=draft.pk).update(status=Status.SUBMITTED, sent_at=draft.started_at)

    response = client.post(url_of(draft, "discard"))

    assert response.url == url_of(draft, "detail")
    assert Request.objects.count() == 1


def test_a_draft_that_a_colleague_sent_in_the_same_moment_keeps_what_was_typed_in_sight(client, entry, monkeypatch):
    sent = RequestFactory(entry=entry, started_by=entry.submitted_by)
    monkeypatch.setattr(drafts, "draft_of", lambda **asked: sent)

    page = client.post(new_url(entry), ARRANGED | {"note": "A broken arm"} | GO_ON)

    sent.refresh_from_db()
    assert (page.status_code, sent.answers) == (200, {})
    assert "The request is submitted." in page.text
    assert ">\nA broken arm</textarea>" in page.text
