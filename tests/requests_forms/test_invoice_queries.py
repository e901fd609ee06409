"""A query about an invoice: its draft, what goes to credit control, and how it ends."""

import pytest
from django.core import mail as sent_mails
from django.db import IntegrityError, transaction

from outbox.delivery import deliver
from outbox.models import OutgoingEmail
from requests_forms.enums import Act, Kind
from requests_forms.models import Request
from requests_forms.services import add_evidence, raise_request, request_facts, send_request
from requests_forms.services.invoices import candidate_named
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import FeeLineFactory, InvoiceFactory, RegistrationFactory, UnitEntryFactory
from tests.requests_forms.acts import do, everything, lines, mails, received, refused
from tests.requests_forms.rule_facts import RIGHT

pytestmark = pytest.mark.django_db

QUERY = Kind.INVOICE_QUERY
CREDIT_CONTROL = "credit@board.example"


@pytest.fixture
def invoice(centre):
    return InvoiceFactory(centre=centre, number="TI000042")


@pytest.fixture
def ask(centre, invoice, officer, now):
    def begun(by=officer, about=invoice, **answers):
        given = RIGHT[QUERY] | answers
        return raise_request(kind=QUERY, centre=centre, invoice=about, answers=given, by=by, at=now)

    return begun


@pytest.fixture
def send(officer, now, settings):
    settings.CREDIT_CONTROL_EMAIL = CREDIT_CONTROL

    def act(draft, by=officer):
        return send_request(request=draft, seen=None, by=by, at=now)

    return act


def to_credit_control():
    return OutgoingEmail.objects.get(key__startswith="invoice-query:")


# --- the draft --------------------------------------------------------------------------------------------------------


def test_an_invoice_has_one_draft_which_belongs_to_the_centre(ask, centre, officer, priya):
    first, second, other = ask(), ask(by=priya, detail="All of it."), ask(about=InvoiceFactory(centre=centre))

    assert (first.pk, second.answers["detail"]) == (second.pk, "All of it.")
    assert {request.started_by for request in (first, other)} == {officer}
    assert Request.objects.count() == 2


def test_the_database_keeps_kind_and_subject_together_and_drafts_apart(ask, centre, invoice, officer, now):
    draft = ask()
    row = {"centre": centre, "started_by": officer, "started_at": now, "changed_at": now}

    for wrong in (
        {"kind": QUERY, "invoice": None},
        {"kind": Kind.ACCOUNT_CHANGE, "invoice": invoice},
        {"kind": Kind.CANDIDATE_CORRECTION, "candidate": None},
        {"kind": QUERY, "invoice": draft.invoice},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Request.objects.create(**row, **wrong)


# --- sending ----------------------------------------------------------------------------------------------------------


def test_a_query_is_sent_to_ocr_and_goes_on_to_credit_control(ask, send, officer, centre):
    draft = ask()
    add_evidence(request=draft, files=[received(), received()], by=officer, at=draft.changed_at)

    request = send(draft)

    assert (request.status, lines(request)[-1]) == ("submitted", "request.moved.send")
    [own] = mails(request)
    assert (own.to, own.subject) == (
        [officer.email],
        f"Entries Portal: request {request}, invoice TI000042: submitted",
    )
    assert "Your request has reached OCR." in own.text
    mail = to_credit_control()
    assert (mail.to, mail.cc, mail.subject) == (
        [CREDIT_CONTROL],
        [],
        f"Entries Portal: query about invoice TI000042, centre {centre.number}, request {request}",
    )
    for text in (mail.text, mail.html):
        assert f"Centre number: {centre.number}" in text
        assert "Invoice number: TI000042" in text
        assert "What is queried: An order number" in text
        assert "CT000123 has another order number." in text
        assert officer.email in text
        assert f"Request: {request}" in text
        assert "Supporting files: 2. They are in the administration, with the request." in text


def test_the_mail_to_credit_control_has_a_copy_of_the_invoice(ask, send, now):
    send(ask())

    assert deliver(to_credit_control().pk, at=now)

    [message] = [each for each in sent_mails.outbox if each.to == [CREDIT_CONTROL]]
    [(name, content, content_type)] = message.attachments
    assert (name, content[:5], content_type) == ("TI000042.pdf", b"%PDF-", "application/pdf")
    assert not any(b"%PDF" in bytes(str(value), "utf-8") for value in OutgoingEmail.objects.values().first().values())


def test_a_second_click_sends_one_mail(ask, send):
    draft = ask()

    send(draft)
    send(draft)

    assert OutgoingEmail.objects.filter(to=[CREDIT_CONTROL]).count() == 1


def test_what_is_refused_sends_nothing(ask, send):
    draft = ask(detail="")
    before = everything()

    assert refused(send, draft) == ["QUERY-02"]
    assert everything() == before


def test_several_queries_about_one_invoice_can_be_open(ask, send):
    first = send(ask())
    second = send(ask(detail="And the amount."))

    assert first.pk != second.pk


# --- names ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def charged(centre, invoice):
    """Zoë O'Neill-Smith for a registration and May Hope for a unit, on the invoice."""
    zoe = CandidateFactory(centre=centre, first_name="Zoë", last_name="O'Neill-Smith")
    may = CandidateFactory(centre=centre, first_name="May", last_name="Hope")
    FeeLineFactory(centre=centre, invoice=invoice, registration=RegistrationFactory(centre=centre, candidate=zoe))
    entry = UnitEntryFactory(centre=centre, candidate=may)
    FeeLineFactory(centre=centre, invoice=invoice, registration=None, unit_entry=entry)
    return invoice


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Zoë O'Neill-Smith is not ours.", "Zoë O'Neill-Smith"),
        ("not ours:ZOE ONEILL SMITH", "Zoë O'Neill-Smith"),
        ("O'Neill-Smith, Zoe (05834)", "Zoë O'Neill-Smith"),
        ("Hope/May was withdrawn", "May Hope"),
        ("We hope that you may look at CT000123", ""),
        ("Zoë was withdrawn, O'Neill-Smith was not", ""),
        ("Ann Smith is not ours", ""),
        ("", ""),
    ],
)
def test_query_03_a_name_is_found_however_it_is_written(charged, text, name):
    assert candidate_named(charged, text) == name


def test_query_03_a_query_that_names_a_candidate_is_not_sent(charged, ask, send):
    assert refused(send, ask(detail="Zoë O'Neill-Smith is not ours.")) == ["QUERY-03"]
    assert not OutgoingEmail.objects.exists()


def test_names_are_looked_for_by_a_constant_number_of_queries(charged, ask, officer, now, django_assert_num_queries):
    draft = ask()
    for _ in range(3):
        FeeLineFactory(centre=charged.centre, invoice=charged)

    with django_assert_num_queries(3):
        request_facts(draft, by=officer, at=now)


# --- deciding ---------------------------------------------------------------------------------------------------------


def test_staff_answer_it_and_the_centre_is_told_where_the_answer_stands(ask, send, staff, now):
    request = send(ask())

    assert refused(do, Act.ACCEPT, request, by=staff, at=now, text="") == ["ACT-04"]
    decided = do(Act.ACCEPT, request, by=staff, at=now, text="The credit is on TI000043.")

    assert (decided.status, decided.messages.get().text) == ("completed", "The credit is on TI000043.")
    mail = mails(request)[-1]
    assert "Your query is answered. Open the request to read the answer." in mail.text
    assert "TI000043" not in mail.text
