"""What no browser would send: characters that no database holds, endless texts and lists, fields of another form."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from requests_forms.enums import ABOUT_AN_ENTRY, Kind, Status
from requests_forms.kinds import WEBFORMS
from requests_forms.models import Request
from requests_forms.services import ask_for_more, facts_to_ask
from step_entries.models import SessionPaper
from tests.core.evidence_files import pdf
from tests.factories.requests import RequestFactory
from tests.requests_forms.writing_pages import GO_ON, close_registration, new_url, sit_papers, url_of

pytestmark = pytest.mark.django_db

ODD = ["a\0b", "\ud800", "\U0001f600" * 6000, "=1+1\u202e", "[]", "{}", "null", "9" * 400, "-1", "\u0663\u0663", " \t\r\n "]
NEW_ACCOUNT = "/requests/new/account-change/"
FOREIGN = {
    "status": "approved",
    "is_accepted": "on",
    "severity": "serious",
    "is_fee_waived": "on",
    "is_late": "on",
    "centre": "1",
    "entry": "1",
    "event": "0d7a37a7-5d0c-4d6a-8bd0-5a8d5b8b0f6a",
    "assignee": "1",
    "decided_by": "1",
    "sent_at": "2020-01-01",
    "due_at": "2020-01-01",
    "version": "77",
    "reference": "RAAAAAAAA",
    "differences": "Everything",
    "started_by": "1",
}
"""What a request has and no form of the centre asks for."""


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


def page_of(kind, entry):
    return NEW_ACCOUNT if kind == Kind.ACCOUNT_CHANGE else new_url(entry, kind)


def fields_of(kind, entry, officer, now):
    """The names of the fields of a form."""
    about = None if kind == Kind.ACCOUNT_CHANGE else entry
    facts = facts_to_ask(kind=kind, centre=entry.centre, entry=about, by=officer, at=now)
    return set(WEBFORMS[kind].form_class(about=about or entry.centre, facts=facts).fields)


def open_for(kind):
    """Move the dates so that this kind can be asked for."""
    if kind in (Kind.ENTRY_AMENDMENT, Kind.WITHDRAWAL):
        close_registration()
    if kind == Kind.SPECIAL_CONSIDERATION:
        sit_papers(1, 0)


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd[:6]))
@pytest.mark.parametrize("kind", Kind)
def test_every_field_of_every_form_takes_odd_text_as_text(client, entry, officer, now, kind, odd):
    open_for(kind)
    typed = dict.fromkeys(fields_of(kind, entry, officer, now), odd.encode(errors="replace").decode())

    first = client.post(page_of(kind, entry), typed | GO_ON)
    draft = Request.objects.get()
    second = client.post(url_of(draft), typed | {"go": "later"})

    assert (first.status_code, second.status_code) == (200, 302)
    assert [client.get(url_of(draft, name)).status_code for name in ("edit", "check", "discard")] == [200, 302, 200]
    assert client.get(f"{url_of(draft)}?judged=1").status_code == 200
    draft.refresh_from_db()
    assert (draft.status, "\0" in str(draft.answers.values())) == (Status.DRAFT, False)


def test_numbers_of_other_candidates_lose_what_no_database_holds(client, entry):
    sit_papers(1, 0)

    page = client.post(page_of(Kind.SPECIAL_CONSIDERATION, entry), {"others": ["S1\0", "x" * 5000]} | GO_ON)

    assert page.status_code == 200
    assert Request.objects.get().answers["others"] == ["S1\ufffd", "x" * 20]


def test_hundreds_of_numbers_are_refused_by_a_constant_number_of_queries(
    client, entry, django_assert_max_num_queries
):
    sit_papers(1, 0)
    typed = {"paper": "step-2", "reason": "disturbance", "others": [f"S{number:05}" for number in range(900)]}

    with django_assert_max_num_queries(60):
        page = client.post(page_of(Kind.SPECIAL_CONSIDERATION, entry), typed | GO_ON)

    assert page.text.count("is not an entry of your centre for STEP 2") >= 900
    assert Request.objects.get().status == Status.DRAFT


@pytest.mark.parametrize("kind", Kind)
def test_s38_a_form_keeps_its_own_fields_and_no_other(client, entry, officer, centre, now, kind):
    open_for(kind)

    client.post(page_of(kind, entry), FOREIGN | GO_ON)

    case = Request.objects.get()
    client.post(url_of(case, "check"), FOREIGN)
    client.post(url_of(case), FOREIGN | GO_ON)
    case.refresh_from_db()
    assert set(case.answers) <= fields_of(kind, entry, officer, now) - {"files"}
    assert (case.status, case.centre, case.started_by, case.is_accepted, case.severity) == (
        Status.DRAFT,
        centre,
        officer,
        None,
        "",
    )
    assert [case.event, case.assignee, case.decided_by, case.sent_at, case.due_at] == [None] * 5
    assert (case.is_late, case.is_fee_waived, case.reference) == (False, False, case.reference.replace("RAAAAAAAA", ""))


def test_s38_an_answer_brings_words_and_files_and_nothing_else(client, entry, officer, staff, now):
    case = RequestFactory(entry=entry, started_by=officer, kind=Kind.WITHDRAWAL, answers={"reason": "other"})
    ask_for_more(request=case, text="Why?", version=1, by=staff, at=now)

    typed = FOREIGN | {"version": "2", "text": "So.", "is_of_staff": "on", "is_internal": "on", "reason": "medical"}
    client.post(url_of(case, "answer"), typed)

    case.refresh_from_db()
    said = case.messages.last()
    assert (said.text, said.by, said.is_of_staff, said.is_internal) == ("So.", officer, False, False)
    assert (case.status, case.answers, case.is_accepted) == (Status.IN_PROGRESS, {"reason": "other"}, None)


def test_a_form_without_files_keeps_none_that_are_sent_by_hand(client):
    typed = {"change": "centre-name", "detail": "Northgate Academy", "files": SimpleUploadedFile("letter.pdf", pdf())}

    client.post(NEW_ACCOUNT, typed | GO_ON)

    assert Request.objects.get().evidence.count() == 0


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: ascii(odd[:6]))
def test_an_answer_takes_odd_text_or_says_why_not(client, entry, officer, staff, now, odd):
    case = RequestFactory(entry=entry, started_by=officer, kind=Kind.WITHDRAWAL, answers={"reason": "other"})
    ask_for_more(request=case, text="Why?", version=1, by=staff, at=now)
    typed = {"text": odd.encode(errors="replace").decode(), "version": odd.encode(errors="replace").decode()}

    pages = [client.post(url_of(case, "answer"), typed), client.post(url_of(case, "answer"), typed | {"version": "2"})]

    assert pages[0].status_code == 200
    assert pages[1].status_code in (200, 302)
    assert all("\0" not in said.text for said in case.messages.all())


@pytest.mark.parametrize("field", ["search", "kind", "status", "session", "sort", "page"])
@pytest.mark.parametrize("odd", ["a\0b", "\ufffd", "x" * 3000, "%", "-1", "\u0663"], ids=lambda odd: ascii(odd[:6]))
def test_the_list_answers_whatever_its_address_asks(client, entry, officer, field, odd):
    RequestFactory(entry=entry, started_by=officer)

    assert client.get("/requests/", {"status": "all"} | {field: odd}).status_code == 200


@pytest.mark.parametrize("odd", ["a\0b", "x" * 3000, "9" * 30, "-1"], ids=lambda odd: ascii(odd[:6]))
def test_the_desk_takes_odd_text_or_says_why_not(signed_in, staff, entry, officer, odd):
    case = RequestFactory(entry=entry, started_by=officer, kind=Kind.WITHDRAWAL, answers={"reason": "medical"})
    desk, url = signed_in(staff), reverse("admin:requests_forms_request_decide", args=[case.pk])
    fields = ("version", "assignee", "question", "text", "severity", "is_fee_waived", "is_alike", "seen")
    typed = dict.fromkeys(fields, odd)

    pages = [desk.post(url, typed | {"act": act}) for act in ("assign", "take-up", "ask", "accept", "decline", odd)]

    case.refresh_from_db()
    assert ([page.status_code for page in pages], case.status) == ([200] * 6, Status.SUBMITTED)


@pytest.mark.parametrize("kind", Kind)
def test_every_form_opens_for_a_session_without_papers(client, entry, kind):
    SessionPaper.objects.all().delete()
    open_for(kind)

    page, sent = client.get(page_of(kind, entry)), client.post(page_of(kind, entry), GO_ON)

    assert (page.status_code, sent.status_code) == (200, 200)
    case = Request.objects.get()
    expected = [200, 200 if kind == Kind.SPECIAL_CONSIDERATION else 302, 200]
    assert [client.get(url_of(case, name)).status_code for name in ("edit", "check", "discard")] == expected


def test_every_kind_about_an_entry_was_looked_at_here():
    assert set(Kind) == {*ABOUT_AN_ENTRY, Kind.ACCOUNT_CHANGE}
