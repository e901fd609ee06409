"""An invoice on its way: staff make it, the worker mails it, the officer finds the order. axe finds nothing."""

import pytest
from django.core import mail
from django.utils import timezone
from playwright.sync_api import expect

from core.moments import uk_date
from outbox import tasks
from technicals.models import Invoice
from tests.browser.keyboard import arrive
from tests.browser.pages import follow, press
from tests.factories.candidates import CandidateFactory
from tests.factories.technicals import RegistrationFactory, TechnicalsApprovalFactory
from tests.pdfs import text_of
from tests.technicals.invoices import credit, line


@pytest.fixture
def charges(centre):
    """A registration of Ann Smith under an order number, and one that was credited."""
    TechnicalsApprovalFactory(centre=centre)
    centre.accounts_contact, centre.accounts_email = "The finance office", "finance@northgate.example"
    centre.save()
    ann = CandidateFactory(centre=centre, last_name="Smith")
    credit(line(centre, 5000))
    return line(centre, 14200, registration=RegistrationFactory(centre=centre, candidate=ann), order_number="PO 17")


@pytest.fixture
def staff_page(browser, live_server, staff, sign_in):
    """The front page of the administration, in the browser of one of the staff."""
    with browser.new_context(viewport={"width": 1280, "height": 900}) as context:
        sign_in(context, staff)
        page = context.new_page()
        page.has_scripts = True
        page.goto(f"{live_server.url}/admin/")
        yield page


@pytest.fixture
def without_scripts(browser, live_server, officer, sign_in):
    """The officer's browser, in which no script runs."""
    with browser.new_context(viewport={"width": 375, "height": 800}, java_script_enabled=False) as context:
        sign_in(context, officer)
        yield context.new_page()


def run_invoices(page):
    """What one of the staff does on the first of the month."""
    follow(page.get_by_role("link", name="Fee lines on no invoice"))
    arrive(page, "Invoice centres")
    page.get_by_label("Fee lines until").fill(f"{uk_date(timezone.now()):%d/%m/%Y}")
    press(page, "Show what a run would take")
    arrive(page, "Invoice centres")
    expect(page.get_by_role("row", name="Total £142.00")).to_be_visible()
    press(page, "Make and mail 1 invoice")
    expect(page.get_by_text("Invoices made: 1. Their mails are on their way.")).to_be_visible()


def test_staff_run_invoices_and_the_finance_office_gets_pdf_and_sheet(staff_page, charges):
    run_invoices(staff_page)

    with staff_page.expect_download() as download:
        staff_page.get_by_role("link", name="A row for each fee line (.csv)").click()
    assert download.value.suggested_filename.endswith(".csv")
    assert tasks.sweep() == 1
    [sent] = mail.outbox
    assert sent.to == ["finance@northgate.example"]
    assert [file[0] for file in sent.attachments] == ["TI000001.pdf", "TI000001.csv"]
    assert "Total: £142.00" in text_of(sent.attachments[0][1])


def test_the_officer_finds_the_invoice_and_can_query_it(staff_page, page, live_server, officer, sign_in, charges):
    run_invoices(staff_page)
    sign_in(page.context, officer)
    page.has_scripts = True
    page.goto(f"{live_server.url}/technicals/")

    follow(page.get_by_role("link", name="Invoices", exact=True))
    arrive(page, "Invoices")
    follow(page.get_by_role("link", name="TI000001", exact=True))
    arrive(page, "Invoice TI000001")
    expect(page.get_by_role("row", name="PO 17 1 £142.00")).to_be_visible()
    expect(page.get_by_role("link", name="Ann Smith", exact=True)).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name=".pdf").click()
    assert download.value.suggested_filename == "61111-TI000001.pdf"
    follow(page.get_by_role("link", name="Query this invoice").first)

    expect(page.get_by_role("main")).to_contain_text("TI000001")
    assert Invoice.objects.get().total == 14200


def test_without_scripts_on_a_phone_it_is_all_there(staff_page, without_scripts, live_server, charges):
    run_invoices(staff_page)
    page = without_scripts

    page.goto(f"{live_server.url}/technicals/invoices/")
    page.get_by_role("link", name="TI000001", exact=True).click()

    expect(page.get_by_role("heading", name="Invoice TI000001")).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 375
