"""The pages on which an invoice is queried and a correction of a candidate is asked for."""

import pytest
from django.test import Client
from django.urls import reverse

from accounts.services.sessions import keep_post
from outbox.models import OutgoingEmail
from requests_forms.enums import Kind, Status
from requests_forms.models import Request
from tests.candidates.pages import TYPED
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import InvoiceFactory
from tests.reports.pages import words_of
from tests.requests_forms.acts import entered_candidate
from tests.requests_forms.rule_facts import RIGHT
from tests.requests_forms.writing_pages import GO_ON, fingerprint_on, picture, url_of

pytestmark = pytest.mark.django_db

QUERIED = RIGHT[Kind.INVOICE_QUERY] | GO_ON
CORRECTED = {name: value for name, value in RIGHT[Kind.CANDIDATE_CORRECTION].items() if name != "will_follow"} | GO_ON
BEGIN = {"go": "begin"}


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def invoice(centre):
    return InvoiceFactory(centre=centre, number="TI000042", total=-1250)


@pytest.fixture
def ann(centre):
    return entered_candidate(centre)


def query_url(invoice):
    return reverse("requests:new-invoice-query", args=[invoice.number])


def correction_url(candidate):
    return reverse("requests:new-candidate-correction", args=[candidate.key])


# --- an invoice -------------------------------------------------------------------------------------------------------


def test_the_form_of_a_query_is_filled_in_with_the_numbers_of_centre_and_invoice(client, invoice, centre):
    page = client.get(query_url(invoice))

    values = {each.name: each.value for each in page.context["prefilled"]}
    assert values["centre_number"] == centre.number
    assert (values["invoice_number"], values["invoice_total"]) == ("TI000042", "-£12.50")
    assert "Your words go to credit control by mail at once" in words_of(page)
    assert not Request.objects.exists()


def test_an_invoice_is_queried_from_form_to_page(client, invoice):
    saved = client.post(query_url(invoice), QUERIED | {"files": picture()})
    case = Request.objects.get()
    check = client.get(saved.url)
    sent = client.post(saved.url, fingerprint_on(check), follow=True)

    case.refresh_from_db()
    assert (saved.url, case.invoice, case.status) == (url_of(case, "check"), invoice, Status.SUBMITTED)
    assert "Send request sends this to OCR." in words_of(check)
    assert "letter.png" in check.text
    assert f"The request {case} is sent to OCR." in words_of(sent)
    assert "OCR has the request." in words_of(sent)
    assert OutgoingEmail.objects.filter(key=f"invoice-query:{case}").count() == 1


def test_a_query_that_was_begun_is_gone_on_with(client, invoice):
    client.post(query_url(invoice), {"detail": "All of it.", "go": "later"})

    assert client.get(query_url(invoice)).url == url_of(Request.objects.get())


def test_an_invoice_of_another_centre_is_not_there(client):
    assert client.get(query_url(InvoiceFactory())).status_code == 404
    assert client.post(query_url(InvoiceFactory()), QUERIED).status_code == 404


@pytest.mark.parametrize("kind", ["invoice-query", "candidate-correction"])
def test_they_are_not_asked_for_under_an_entry(client, entry, kind):
    assert client.get(f"/requests/new/{kind}/{entry.number}/").status_code == 404


def test_read_only_members_are_refused(signed_in, colleague, invoice, ann):
    reader = signed_in(colleague)

    statuses = [reader.post(url, GO_ON).status_code for url in (query_url(invoice), correction_url(ann))]

    assert (statuses, Request.objects.count()) == ([403, 403], 0)


# --- a candidate ------------------------------------------------------------------------------------------------------


def test_what_was_typed_on_edit_candidate_goes_on_in_a_request(client, ann):
    typed = TYPED | {"first_name": "Ayesha", "last_name": "Khan", "seen": "x"} | BEGIN

    page = client.post(correction_url(ann), typed, follow=True)

    case = Request.objects.get()
    assert page.redirect_chain == [(url_of(case), 302)]
    assert (case.candidate, case.status) == (ann, Status.DRAFT)
    assert {name: case.answers[name] for name in ("first_name", "last_name", "date_of_birth", "reason")} == {
        "first_name": "Ayesha",
        "last_name": "Khan",
        "date_of_birth": "04/03/2009",
        "reason": "",
    }
    assert "What you typed is kept in this request, which is not sent yet." in words_of(page)
    assert 'value="Ayesha"' in page.text
    ann.refresh_from_db()
    assert str(ann) == "Ann Smith"


def test_what_a_draft_says_besides_the_details_is_kept_when_they_are_typed_again(client, ann):
    client.post(correction_url(ann), CORRECTED | {"note": "See the certificate."})

    client.post(correction_url(ann), TYPED | BEGIN)

    answers = Request.objects.get().answers
    assert (answers["first_name"], answers["note"], answers["reason"]) == ("Zoë", "See the certificate.", "typing")


def test_a_new_correction_begins_with_the_details_of_now(client, ann):
    form = client.get(correction_url(ann)).context["form"]

    names = ("first_name", "middle_names", "last_name", "date_of_birth")
    assert [form[name].value() for name in names] == ["Ann", "", "Smith", "04/03/2009"]


def test_a_correction_is_sent_with_its_proof(client, ann):
    letter = picture("deed poll.png")

    saved = client.post(correction_url(ann), CORRECTED | {"files": letter})
    check = client.get(saved.url)
    client.post(saved.url, fingerprint_on(check))

    case = Request.objects.get()
    assert all(told in words_of(check) for told in ("Now: 4 March 2009", "Wanted: 5 March 2009"))
    assert (case.status, case.evidence.get().name) == (Status.SUBMITTED, "deed poll.png")


def test_without_proof_the_page_asks_for_it_and_keeps_what_was_typed(client, ann):
    page = client.post(correction_url(ann), CORRECTED)

    assert page.status_code == 200
    assert "A correction needs proof" in words_of(page)
    assert 'value="05/03/2009"' in page.text


def test_a_correction_asked_for_already_is_shown_with_the_way_to_it(client, ann):
    client.post(correction_url(ann), CORRECTED | {"will_follow": "on"})
    case = Request.objects.get()
    client.post(url_of(case, "check"), fingerprint_on(client.get(url_of(case, "check"))))

    page = client.get(correction_url(ann))

    assert f'<a href="{url_of(case, "detail")}">request' in page.text
    assert "A correction of this candidate was asked for already" in words_of(page)


def test_a_candidate_of_another_centre_is_not_there(client):
    elsewhere = correction_url(CandidateFactory())

    assert [client.get(elsewhere).status_code, client.post(elsewhere, TYPED | BEGIN).status_code] == [404, 404]


def test_a_page_that_is_too_old_shows_what_was_typed_on_edit_candidate(officer, ann):
    client = Client(enforce_csrf_checks=True, headers={"origin": "http://testserver"})
    client.force_login(officer)

    page = client.post(correction_url(ann), TYPED | BEGIN)

    assert "Check your answers below and press Continue again." in words_of(page)
    assert 'value="Zoë"' in page.text
    assert not Request.objects.exists()


def test_what_was_typed_before_signing_out_waits_at_the_request_beside_what_a_draft_says(client, officer, ann, now):
    client.post(correction_url(ann), CORRECTED | {"note": "See the certificate."})
    fields = {name: [value] for name, value in (TYPED | BEGIN).items()}
    keep_post(user=officer, path=correction_url(ann), fields=fields, at=now)

    page = client.get(correction_url(ann))

    assert "You had been signed out." in words_of(page)
    assert ('value="Zoë"' in page.text, "See the certificate." in page.text) == (True, True)
