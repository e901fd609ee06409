"""The PDF and the sheet of an invoice, and the mail that brings both: none of them names a candidate."""

import csv
import io

import pytest
from django.core import mail
from pypdf import PdfReader

from centres.enums import Role
from core.refusals import Refused
from outbox import tasks
from outbox.models import OutgoingEmail
from technicals.documents import SHEET_HEADINGS, invoice_file, invoice_pdf
from technicals.enums import FeeReason, PriceKind
from technicals.models import Invoice
from technicals.services.invoice_mails import mail_again, recipients_of
from tests.factories.accounts import UserFactory
from tests.factories.candidates import CandidateFactory
from tests.factories.centres import MembershipFactory
from tests.factories.technicals import QualificationFactory, RegistrationFactory, UnitEntryFactory, exam_series
from tests.pdfs import tags_of, text_of
from tests.technicals.invoices import credit, line, run

pytestmark = pytest.mark.django_db
NAME = "Zwetschgenbaum"


@pytest.fixture
def invoice(centre, officer, staff, now):
    """Two registrations and a resit under PO 17, one of the registrations credited, and a late entry without one."""
    centre.accounts_contact, centre.accounts_email = "The finance office", "finance@northgate.example"
    centre.save()
    entered = [
        RegistrationFactory(
            centre=centre,
            candidate=CandidateFactory(centre=centre, last_name=f"{NAME}{letter}"),
            qualification=QualificationFactory(code="05835", size="Extended Certificate"),
            submission__number=f"CT00000{place}",
        )
        for place, letter in enumerate("ab", start=1)
    ]
    unit = UnitEntryFactory(
        centre=centre,
        candidate=entered[0].candidate,
        submission=entered[0].submission,
        qualification=entered[0].qualification,
        unit__title="The business environment",
        series=exam_series(year=2027),
    )
    first, _ = (line(centre, 5000, registration=one, order_number="PO 17") for one in entered)
    credit(first)
    line(centre, 2500, registration=None, unit_entry=unit, kind=PriceKind.RESIT, order_number="PO 17")
    line(centre, 1250, registration=None, unit_entry=unit, kind=PriceKind.LATE)
    run(staff, now)
    return Invoice.objects.get()


def sample_of(invoice):
    invoice.lines.update(is_sample=True)
    invoice.is_sample = True
    invoice.save()
    return invoice


def test_the_pdf_says_all_that_the_finance_office_needs(invoice):
    words = text_of(invoice_pdf(invoice))

    for said in (
        "Invoice TI000001",
        "61111 Northgate School",
        "The finance office",
        "finance@northgate.example",
        "Total: £87.50",
        "Order number PO 17",
        "No order number",
        "Registration 05835 OCR Level 3",
        "01 The business environment January 2027 1 £25.00 £25.00",
        "2 £50.00 £100.00",
        "1 -£50.00 -£50.00",
        "Total of this order number £75.00",
        "Total of this order number £12.50",
        "Total of all order numbers: £87.50",
        "creditcontrol@ocr.org.uk",
        "Quote centre number 61111 and invoice number TI000001.",
    ):
        assert said in words
    assert "SAMPLE" not in words
    assert NAME not in words


def test_sample_stands_on_every_page_of_an_invoice_with_an_example_amount(invoice):
    words = text_of(invoice_pdf(sample_of(invoice)))

    assert "SAMPLE: it has amounts that are examples" in words
    assert "£50.00 (sample)" in words


def test_a_credit_note_is_called_one(invoice):
    invoice.total = -2501

    words = text_of(invoice_pdf(invoice))

    assert words.startswith("Credit note TI000001")
    assert "Total: -£25.01 £25.01 is credited to your centre. There is nothing to pay." in words


def test_the_pdf_is_tagged_and_has_a_title_and_a_language(invoice):
    pdf = invoice_pdf(invoice)
    root = PdfReader(io.BytesIO(pdf)).trailer["/Root"]

    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "en-GB")
    assert PdfReader(io.BytesIO(pdf)).metadata.title == "Invoice TI000001"
    assert b"<pdfuaid:part>1</pdfuaid:part>" in pdf or b'pdfuaid:part="1"' in pdf
    tags = tags_of(pdf)
    assert (tags.count("/H1"), tags.count("/H2"), tags.count("/Table")) == (1, 3, 2)
    assert tags.count("/TH") >= 14


@pytest.mark.parametrize("text", ['#eval("1+1")', "*bold* _italic_", "\\u{41} $x$", "#read(1)"])
def test_markup_in_an_order_number_is_printed_and_not_run(invoice, text):
    invoice.lines.update(order_number=text)

    assert f"Order number {text}" in text_of(invoice_pdf(invoice))


def test_a_letter_that_no_font_has_is_told(invoice):
    invoice.centre.name = "学校"

    assert "□ stands for a letter that cannot be printed here." in text_of(invoice_pdf(invoice))


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize("form", ["pdf", "csv", "xlsx"])
def test_the_number_of_queries_does_not_grow_with_the_lines(centre, staff, now, count, form, django_assert_num_queries):
    for place in range(count):
        line(centre, 5000 + place, order_number=f"PO {place}")
    run(staff, now)
    invoice = Invoice.objects.select_related("centre").get()

    with django_assert_num_queries(1):
        invoice_file(invoice, form)


def test_the_sheet_has_a_line_for_each_submission_and_adds_up(invoice):
    content, content_type = invoice_file(invoice, "csv")

    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))
    shown = ("Order number or reference", "Reason code", "Kind", "Entry code", "Unit", "Submission number", "Count")
    assert content_type == "text/csv; charset=utf-8"
    assert list(rows[0]) == SHEET_HEADINGS
    assert [[row[name] for name in shown] + [row["Each (GBP)"], row["Total (GBP)"]] for row in rows] == [
        ["PO 17", "charged", "Registration", "05835", "", "CT000001", "1", "50.00", "50.00"],
        ["PO 17", "charged", "Registration", "05835", "", "CT000002", "1", "50.00", "50.00"],
        ["PO 17", "charged", "Unit resit", "05835", "01", "CT000001", "1", "25.00", "25.00"],
        ["PO 17", "refund", "Registration", "05835", "", "CT000001", "1", "-50.00", "-50.00"],
        ["", "charged", "Late entry", "05835", "01", "CT000001", "1", "12.50", "12.50"],
    ]
    assert sum(round(100 * float(row["Total (GBP)"])) for row in rows) == invoice.total
    assert NAME not in content.decode()


def test_the_mail_brings_pdf_and_sheet_to_the_accounts_address(invoice):
    assert tasks.sweep() == 1

    [sent] = mail.outbox
    assert (sent.to, sent.cc) == (["finance@northgate.example"], [])
    assert sent.subject == "Entries Portal: Invoice TI000001 for centre 61111"
    for said in (
        "Centre: 61111 Northgate School",
        "For the attention of: The finance office",
        "Total: £87.50",
        "Order numbers quoted: PO 17",
        "http://127.0.0.1:8000/technicals/invoices/TI000001/",
        "creditcontrol@ocr.org.uk",
    ):
        assert said in sent.body
    assert [file[0] for file in sent.attachments] == ["TI000001.pdf", "TI000001.csv"]
    assert sent.attachments[0][1].startswith(b"%PDF")
    assert NAME not in sent.body + str(sent.alternatives)
    stored = OutgoingEmail.objects.get()
    assert "%PDF" not in stored.text + stored.html


def test_the_mail_of_a_sample_says_so_in_subject_and_text(centre, officer, staff, now):
    line(centre, 5000, is_sample=True)
    run(staff, now)

    tasks.sweep()

    [sent] = mail.outbox
    assert sent.subject == "Entries Portal: SAMPLE Invoice TI000001 for centre 61111"
    assert "SAMPLE: it has amounts that are examples, not the board's prices. Nothing is to be paid" in sent.body
    assert "<strong>SAMPLE</strong>" in sent.alternatives[0][0]


def test_without_an_accounts_address_the_officer_gets_it_else_all_who_make_entries(centre, officer, priya, colleague):
    def recipients():
        return recipients_of([type(centre).objects.get(pk=centre.pk)])[centre.pk]

    assert recipients() == [officer.email]
    MembershipFactory(user=UserFactory(email="admin@northgate.example"), centre=centre, role=Role.CENTRE_ADMINISTRATOR)
    centre.exams_officer = None
    centre.save()
    assert officer.email in recipients()
    assert priya.email in recipients()
    assert colleague.email not in recipients()
    centre.accounts_email = "finance@northgate.example"
    centre.save()
    assert recipients() == ["finance@northgate.example"]


def test_a_centre_that_has_nobody_gets_its_invoice_and_no_mail(centre, staff, now):
    line(centre)

    run(staff, now)

    assert Invoice.objects.get().sent_to == ""
    assert not OutgoingEmail.objects.exists()
    with pytest.raises(Refused, match="neither an accounts address nor anybody who makes entries"):
        mail_again(invoice=Invoice.objects.get(), by=staff, at=now)


def test_an_invoice_is_mailed_again_to_the_address_of_now(invoice, centre, staff, now):
    centre.accounts_email = "new@northgate.example"
    centre.save()

    for _ in range(2):
        assert mail_again(invoice=invoice, by=staff, at=now) == ["new@northgate.example"]

    invoice.refresh_from_db()
    assert invoice.sent_to == "new@northgate.example"
    assert sorted(OutgoingEmail.objects.values_list("key", flat=True)) == [
        f"technicals-invoice:TI000001:{time}" for time in (1, 2, 3)
    ]


def test_every_reason_and_kind_can_stand_on_an_invoice(centre, staff, now):
    charges = [line(centre, 100 + place, kind=kind) for place, kind in enumerate(PriceKind)]
    for charge, reason in zip(charges, [reason for reason in FeeReason if reason != FeeReason.CHARGED], strict=False):
        credit(charge, reason=reason)
    run(staff, now)

    words = text_of(invoice_pdf(Invoice.objects.get()))

    for kind in PriceKind:
        assert str(kind.label) in words
    for reason in list(FeeReason)[1:]:
        assert str(reason.label) in words
