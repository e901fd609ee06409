"""What no browser would send: characters that no database holds, endless texts and lists, fields of another form."""

from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from requests_forms.enums import Kind, Status
from requests_forms.kinds import WEBFORMS
from requests_forms.models import Message, Request
from requests_forms.services import ask_for_more, facts_to_ask
from step_entries.models import SessionPaper, StepEntry
from tests.core.evidence_files import pdf
from tests.factories.requests import RequestFactory
from tests.requests_forms.acts import about
from tests.requests_forms.writing_pages import GO_ON, close_registration, new_url, sit_papers, url_of

pytestmark = pytest.mark.django_db

ODD = ["a\0b", "\ud800", "x" * 6000, "=1+1\u202e", "9" * 400, "-1", "\u0663\u0663", " \t\r\n "]
URLENCODED = "application/x-www-form-urlencoded"
NEW_ACCOUNT = "/requests/new/account-change/"
OF_A_DRAFT = ("answers", "changed_at", "version")
"""What saving a draft changes."""


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


def page_of(kind, subject):
    """The address of a new request about this; `about` makes what it can be about."""
    if subject["invoice"]:
        return reverse("requests:new-invoice-query", args=[subject["invoice"].number])
    if subject["candidate"]:
        return reverse("requests:new-candidate-correction", args=[subject["candidate"].key])
    return new_url(subject["entry"], kind) if subject["entry"] else NEW_ACCOUNT


def fields_of(kind, subject, centre, officer, now):
    """The names of the fields of a form."""
    facts = facts_to_ask(kind=kind, centre=centre, entry=subject["entry"], by=officer, at=now)
    return set(WEBFORMS[kind].form_class(about=next(filter(None, subject.values()), centre), facts=facts).fields)


def open_for(kind):
    """Move the dates so that this kind can be asked for."""
    if kind in (Kind.ENTRY_AMENDMENT, Kind.WITHDRAWAL):
        close_registration()
    if kind == Kind.SPECIAL_CONSIDERATION:
        sit_papers(1, 0)


def post(client, url, typed):
    """Post texts byte by byte, also those that are no text."""
    return client.post(url, urlencode(typed, doseq=True, errors="surrogatepass"), content_type=URLENCODED)


@pytest.mark.parametrize("kind", Kind)
def test_every_field_of_every_form_takes_odd_text_as_text(client, entry, officer, now, kind):
    open_for(kind)
    subject = about(kind, entry)
    fields = fields_of(kind, subject, entry.centre, officer, now)

    for odd in ODD:
        page = post(client, page_of(kind, subject), dict.fromkeys(fields, odd) | GO_ON)

        assert page.status_code == 200, ascii(odd[:6])
        draft = Request.objects.get()
        assert client.get(f"{url_of(draft)}?judged=1").status_code == 200, ascii(odd[:6])
        assert "\0" not in "".join(map(str, draft.answers.values()))
    assert client.get(url_of(draft, "check")).url == f"{url_of(draft)}?judged=1"


def test_numbers_of_other_candidates_lose_what_no_database_holds(client, entry):
    sit_papers(1, 0)

    page = client.post(new_url(entry, Kind.SPECIAL_CONSIDERATION), {"others": ["S1\0", "x" * 5000]} | GO_ON)

    assert page.status_code == 200
    assert Request.objects.get().answers["others"] == ["S1\ufffd", "x" * 20]


def test_hundreds_of_numbers_are_refused_by_a_constant_number_of_queries(client, entry, django_assert_max_num_queries):
    sit_papers(1, 0)
    typed = {"paper": "step-2", "reason": "disturbance", "others": [f"S{number:05}" for number in range(900)]}

    with django_assert_max_num_queries(60):
        page = client.post(new_url(entry, Kind.SPECIAL_CONSIDERATION), typed | GO_ON)

    assert page.text.count("is not an entry of your centre for STEP 2") >= 900
    assert Request.objects.get().status == Status.DRAFT


def foreign(model):
    """Something for every field of a model, as nobody is asked for it."""
    return {field.name: "1" for field in model._meta.fields}


def stays(case):
    """What a request is, but for what was typed."""
    [row] = Request.objects.filter(pk=case.pk).values()
    return {name: value for name, value in row.items() if name not in OF_A_DRAFT}


@pytest.mark.parametrize("kind", Kind)
def test_s38_a_form_keeps_its_own_fields_and_no_other(client, entry, officer, now, kind):
    open_for(kind)
    subject = about(kind, entry)
    client.post(page_of(kind, subject), GO_ON)
    case = Request.objects.get()
    before, entered = stays(case), StepEntry.objects.values().get()
    everything = foreign(Request) | foreign(StepEntry) | {"differences": "1"}

    for url in (page_of(kind, subject), url_of(case), url_of(case, "check")):
        client.post(url, everything | GO_ON)

    assert (stays(case), StepEntry.objects.values().get()) == (before, entered)
    assert before["status"] == Status.DRAFT
    case.refresh_from_db()
    assert set(case.answers) <= fields_of(kind, subject, entry.centre, officer, now) - {"files"}


def test_s38_an_answer_brings_words_and_files_and_nothing_else(client, entry, officer, staff, now):
    case = RequestFactory(entry=entry, started_by=officer, kind=Kind.WITHDRAWAL, answers={"reason": "other"})
    ask_for_more(request=case, text="Why?", version=1, by=staff, at=now)
    moved = {"status", "version", "changed_at"}
    [before] = Request.objects.values()

    everything = foreign(Request) | foreign(Message) | {"reason": "medical", "version": "2", "text": "So."}
    client.post(url_of(case, "answer"), everything)

    [after], said = Request.objects.values(), case.messages.last()
    assert {name for name in after if after[name] != before[name]} == moved
    assert after["status"] == Status.IN_PROGRESS
    assert (said.text, said.by, said.is_of_staff, said.is_internal) == ("So.", officer, False, False)


def test_a_form_without_files_keeps_none_that_are_sent_by_hand(client):
    typed = {"change": "centre-name", "detail": "Northgate Academy", "files": SimpleUploadedFile("letter.pdf", pdf())}

    client.post(NEW_ACCOUNT, typed | GO_ON)

    assert Request.objects.get().evidence.count() == 0


def test_an_answer_takes_odd_text_or_says_why_not(client, entry, officer, staff, now):
    case = RequestFactory(entry=entry, started_by=officer, kind=Kind.WITHDRAWAL, answers={"reason": "other"})
    ask_for_more(request=case, text="Why?", version=1, by=staff, at=now)
    url = url_of(case, "answer")

    statuses = [post(client, url, {"text": odd, "version": odd}).status_code for odd in ODD]
    refused = [post(client, url, {"text": odd, "version": "2"}).status_code for odd in ("a\0b", "x" * 6000, " \t ")]

    assert statuses == [200] * len(ODD)
    assert refused == [200] * 3
    assert case.messages.count() == 1


@pytest.mark.parametrize("field", ["search", "kind", "status", "session", "sort", "page"])
def test_the_list_answers_whatever_its_address_asks(client, entry, officer, field):
    RequestFactory(entry=entry, started_by=officer)

    for odd in ("a\0b", "\ufffd", "x" * 3000, "%", "-1", "\u0663"):
        assert client.get("/requests/", {"status": "all"} | {field: odd}).status_code == 200, ascii(odd[:6])


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

    url = page_of(kind, about(kind, entry))

    page, sent = client.get(url), client.post(url, GO_ON)

    assert (page.status_code, sent.status_code) == (200, 200)
    case = Request.objects.get()
    assert [client.get(url_of(case, name)).status_code for name in ("edit", "discard")] == [200, 200]
    assert client.get(url_of(case, "check")).status_code in (200, 302)
    client.post(url_of(case, "check"), {"seen": "x"})
    case.refresh_from_db()
    assert case.status == Status.DRAFT
