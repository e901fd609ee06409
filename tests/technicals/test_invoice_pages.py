"""The pages for a centre: its invoices, one with its lines, its files, and what is on none yet."""

import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse

from technicals.enums import PriceKind
from technicals.models import Invoice
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import InvoiceFactory, RegistrationFactory, UnitEntryFactory
from tests.pdfs import text_of
from tests.reports.pages import count_queries, words_of
from tests.technicals.invoices import credit, line, run

pytestmark = pytest.mark.django_db

LIST = "/technicals/invoices/"
LIST_QUERIES, INVOICE_QUERIES = 12, 12


@pytest.fixture
def client(signed_in, officer):
    return signed_in(officer)


@pytest.fixture
def invoice(centre, officer, staff, now):
    """A registration of Ann Smith under PO 17, credited, and a late entry of hers without an order number."""
    ann = CandidateFactory(centre=centre, first_name="Ann", last_name="Smith")
    registration = RegistrationFactory(centre=centre, candidate=ann)
    unit = UnitEntryFactory(centre=centre, candidate=ann, submission=registration.submission)
    credit(line(centre, 5000, registration=registration, order_number="PO 17"))
    line(centre, 1250, registration=None, unit_entry=unit, kind=PriceKind.LATE, is_sample=True)
    run(staff, now)
    return Invoice.objects.get()


def test_the_list_shows_number_date_total_sample_and_order_numbers(client, invoice, centre, staff, now):
    line(centre, -100)
    run(staff, now + timedelta(days=1))

    words = words_of(client.get(LIST))

    assert [shown.invoice.number for shown in client.get(LIST).context["page"]] == ["TI000002", "TI000001"]
    assert "PO 17 .pdf of TI000001, .csv of TI000001, .xlsx of TI000001 £12.50 SAMPLE" in words
    assert ".xlsx of TI000002 -£1.00 Credit note" in words


def test_a_centre_without_an_invoice_is_told_what_comes(client):
    words = words_of(client.get(LIST))

    assert "Your centre has no invoice yet." in words
    assert "Nothing: no entry of your centre was charged yet." in words


def test_what_is_charged_and_on_no_invoice_is_shown_by_order_number(client, centre, other_centre, invoice):
    line(other_centre, 9900)
    line(centre, 5000, order_number="B 2", is_sample=True)
    line(centre, None, order_number="B 2")
    line(centre, 700)

    words = words_of(client.get(LIST))

    assert "£57.00 from 3 lines, charges and credits (with example amounts: the invoice counts)." in words
    assert "1 of them has no price in the portal yet: you read it on the invoice." in words
    assert "B 2 2 1 £50.00 No order number 1 0 £7.00" in words
    line(centre, None, order_number="Z")
    assert "Z 1 1 No price yet" in words_of(client.get(LIST))


@pytest.mark.parametrize(
    ("contact", "email", "said"),
    [
        ("The finance office", "finance@northgate.example", "Invoices go to The finance office, finance@northgate"),
        ("", "finance@northgate.example", "Invoices go to finance@northgate.example."),
        ("The finance office", "", "The finance office by way of your centre’s exams officer, Olivia Marsh, because"),
        ("", "", "Invoices go to your centre’s exams officer, Olivia Marsh, because no accounts e-mail address is"),
    ],
)
def test_the_centre_sees_whom_invoices_go_to_and_can_ask_for_a_change(client, centre, contact, email, said):
    centre.accounts_contact, centre.accounts_email = contact, email
    centre.save()

    page = client.get(LIST)

    assert said in words_of(page)
    assert f'href="{reverse("requests:new-account")}?change=accounts-contact"' in page.content.decode()


def test_an_invoice_names_candidates_and_entries_and_leads_to_a_query(client, invoice):
    page = client.get(f"{LIST}{invoice.number}/")
    words = words_of(page)

    for said in (
        "Invoice TI000001",
        "SAMPLE: it has amounts that are examples",
        "Total £12.50",
        "PO 17 2 £0.00 No order number 1 £12.50",
        "3 lines. Shown: 1 to 3.",
        "Ann Smith 05834",
        "Credit: Registration. Withdrawn by the refund date PO 17",
        "-£50.00",
        "£12.50 Example amount",
        "creditcontrol@ocr.org.uk with a copy of the invoice and your evidence. Quote centre number 61111 and invoice",
    ):
        assert said in words
    assert f'href="{reverse("requests:new-invoice-query", args=["TI000001"])}"' in page.content.decode()


def test_a_read_only_member_sees_invoices_and_is_offered_no_request(signed_in, colleague, invoice):
    reader = signed_in(colleague)

    pages = [reader.get(LIST), reader.get(f"{LIST}{invoice.number}/")]

    assert [page.status_code for page in pages] == [200, 200]
    assert not any("/requests/new/" in page.content.decode() for page in pages)


def test_an_invoice_of_another_centre_is_not_found(client, other_centre):
    elsewhere = InvoiceFactory(centre=other_centre)

    assert [client.get(f"{LIST}{elsewhere.number}{end}").status_code for end in ("/", ".pdf", ".csv")] == [404] * 3
    assert elsewhere.number not in client.get(LIST).content.decode()


def test_the_files_name_no_candidate(client, invoice):
    files = {form: client.get(f"{LIST}{invoice.number}.{form}") for form in ("pdf", "csv", "xlsx")}

    assert files["pdf"]["Content-Disposition"] == 'attachment; filename="61111-TI000001.pdf"'
    assert [files[form]["Content-Type"].partition(";")[0] for form in ("pdf", "csv")] == ["application/pdf", "text/csv"]
    sheet = openpyxl.load_workbook(io.BytesIO(files["xlsx"].content)).active
    cells = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    texts = [text_of(files["pdf"].content), files["csv"].content.decode("utf-8-sig"), cells]
    assert ["Smith" in text for text in texts] == [False] * 3
    assert ["12.50" in text for text in texts] == [True] * 3


@pytest.mark.parametrize("form", ["xls", "docx", "exe"])
def test_other_forms_of_file_do_not_exist(client, invoice, form):
    assert client.get(f"{LIST}{invoice.number}.{form}").status_code == 404


def test_the_list_asks_a_constant_number_of_queries(client, centre, staff, now):
    client.get(LIST)

    for count in (1, 2):
        for _ in range(count):
            line(centre, 100, order_number="PO 1")
            line(centre, 100, order_number="PO 2")
            run(staff, now)
        line(centre, 100)

        assert count_queries(client, LIST) == LIST_QUERIES


def test_an_invoice_asks_a_constant_number_of_queries(client, centre, staff, now):
    client.get(LIST)

    for count in (1, 3):
        for _ in range(count):
            line(centre, 100, order_number=f"PO {count}")
            line(centre, 100, registration=None, unit_entry=UnitEntryFactory(centre=centre))
        run(staff, now)

        assert count_queries(client, f"{LIST}{Invoice.objects.latest('pk').number}/") == INVOICE_QUERIES


def test_make_entries_leads_to_the_invoices(client):
    assert f'href="{LIST}"' in client.get(reverse("technicals:home")).content.decode()
