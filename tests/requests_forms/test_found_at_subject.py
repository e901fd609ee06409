"""Where a candidate's record or an invoice is shown, what was asked about it is found."""

import pytest
from django.urls import reverse

from requests_forms.enums import Kind, Status
from tests.browser.request_world import candidate_of, invoice_of
from tests.factories.requests import RequestFactory
from tests.reports.pages import words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def asked(centre):
    """Ask for a correction of Ann Smith."""
    ann = candidate_of(centre)

    def make(status):
        return RequestFactory(centre=centre, entry=None, kind=Kind.CANDIDATE_CORRECTION, candidate=ann, status=status)

    return make


def pages_of(client, candidate):
    """What the page of a record says, and the page on which it is edited."""
    names = ("candidates:candidate", "candidates:candidate-edit")
    return [words_of(client.get(reverse(name, args=[candidate.key]))) for name in names]


def test_a_correction_that_is_open_is_told_on_the_record_and_where_it_is_edited(client, asked):
    case = asked(Status.SUBMITTED)

    shown, edited = pages_of(client, case.candidate)

    assert f"Requests Correction of a candidate {case.reference} Submitted" in shown
    assert f"the record stays as it is until OCR accepts it: {case.reference} Submitted" in edited


def test_one_that_ended_stands_on_the_record_and_is_not_waited_for(client, asked):
    case = asked(Status.DECLINED)

    shown, edited = pages_of(client, case.candidate)

    assert (case.reference in shown, case.reference in edited) == (True, False)


def test_one_that_was_not_sent_was_not_asked_for(client, asked):
    case = asked(Status.DRAFT)

    assert [case.reference in words for words in pages_of(client, case.candidate)] == [False, False]


def test_a_query_is_told_on_its_invoice(client, centre):
    invoice = invoice_of(centre)
    address = reverse("technicals:invoice", args=[invoice.number])
    before = words_of(client.get(address))
    case = RequestFactory(
        centre=centre, entry=None, kind=Kind.INVOICE_QUERY, invoice=invoice, status=Status.IN_PROGRESS
    )

    page = client.get(address)

    assert "Invoice query" not in before
    assert f"Requests Invoice query {case.reference} In progress" in words_of(page)
    assert f'href="{reverse("requests:detail", args=[case.reference])}"' in page.text
