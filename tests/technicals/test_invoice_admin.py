"""Invoice centres: the preview, the run, what it made, the files for the finance system; and whom a centre's go to."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.urls import reverse

from core.history import history_of
from core.moments import uk_date
from outbox.models import OutgoingEmail
from technicals.enums import PriceKind
from technicals.exports import FINANCE_HEADINGS
from technicals.models import FeeLine, Invoice, InvoiceRun
from tests.factories.centres import CentreFactory
from tests.factories.technicals import UnitEntryFactory, exam_series
from tests.reports.pages import words_of
from tests.technicals.admin_pages import list_of
from tests.technicals.invoices import credit, line, run

pytestmark = pytest.mark.django_db
MAKE = "/admin/technicals/invoicerun/make/"


@pytest.fixture
def client(signed_in, staff):
    return signed_in(staff)


def run_page(client, until):
    """What the preview of a day shows, as its form posts it."""
    figures = client.get(MAKE, {"until": until}).context["figures"]
    return {"until": until, "seen": figures.fingerprint}


def test_the_preview_shows_yesterday_at_first_and_changes_nothing(client, centre, now):
    line(centre, 5000, created_at=now - timedelta(days=1))
    line(centre, None, created_at=now - timedelta(days=1))
    line(centre, 999)

    page = client.get(MAKE)
    words = words_of(page)

    assert page.context["until"] == uk_date(now) - timedelta(days=1)
    assert "Centres, an invoice each 1 Fee lines 1 Total £50.00" in words
    assert "Fee lines without a price, left for a later run 1" in words
    assert "Make and mail 1 invoice" in page.content.decode()
    assert not InvoiceRun.objects.exists()


def test_the_preview_says_whether_amounts_are_samples(client, centre, now):
    line(centre, 5000, is_sample=True)

    assert "Some amounts are samples." in words_of(client.get(MAKE, {"until": f"{uk_date(now):%d/%m/%Y}"}))


def test_the_button_makes_the_invoices_and_mails_them(client, centre, officer, now):
    line(centre, 5000)

    page = client.post(MAKE, run_page(client, f"{uk_date(now):%d/%m/%Y}"), follow=True)

    words = words_of(page)
    assert "Invoices made: 1. Their mails are on their way." in words
    assert "TI000001 61111 Northgate School 1 £50.00 officer@northgate.example PDF" in words
    assert OutgoingEmail.objects.get().to == ["officer@northgate.example"]


def test_where_only_later_lines_wait_it_says_so(client, centre, now):
    nothing = words_of(client.get(MAKE))
    line(centre, 999)

    words = words_of(client.get(MAKE))

    assert ("There is nothing to invoice." in nothing, "Later fee lines wait" in nothing) == (True, False)
    assert "There is nothing to invoice. Later fee lines wait: choose a later day to invoice those too." in words


def test_pressed_twice_it_says_that_nothing_is_left(client, centre, officer, now):
    line(centre, 5000)
    asked = run_page(client, f"{uk_date(now):%d/%m/%Y}")
    client.post(MAKE, asked)

    words = words_of(client.post(MAKE, asked))

    assert "Nothing is to be invoiced until" in words
    assert "There is nothing to invoice." in words
    assert Invoice.objects.count() == 1


@pytest.mark.parametrize(
    ("until", "said"),
    [
        ("", "Type a day as DD/MM/YYYY."),
        ("31/02/2026", "That is not a date. Type it as DD/MM/YYYY, for example 21/11/2026."),
        ("31/12/9999", "That day is still to come. Choose today or an earlier day."),
    ],
)
def test_a_wrong_day_is_refused_in_words(client, centre, until, said):
    line(centre, 5000)

    words = words_of(client.post(MAKE, {"until": until, "seen": ""}))

    assert said in words
    assert not Invoice.objects.exists()


def test_what_changed_after_the_preview_is_shown_anew(client, centre, now):
    line(centre, 5000)
    asked = run_page(client, f"{uk_date(now):%d/%m/%Y}")
    line(centre, 700)

    words = words_of(client.post(MAKE, asked))

    assert "Fee lines or prices changed after you looked." in words
    assert "Fee lines 2 Total £57.00" in words
    assert not Invoice.objects.exists()


def test_the_finance_system_gets_a_row_for_each_line(client, centre, staff, now):
    unit = UnitEntryFactory(centre=centre, series=exam_series(year=2027), submission__number="CT000007")
    charge = line(
        centre,
        2501,
        registration=None,
        unit_entry=unit,
        kind=PriceKind.RESIT,
        order_number="PO 17",
        is_sample=True,
    )
    credit(charge, registration=None, unit_entry=unit, kind=PriceKind.RESIT)
    made = run(staff, now)
    url = reverse("admin:technicals_invoicerun_finance", args=[made.pk, "csv"])

    answer = client.get(url)

    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    same = ["TI000001", uk_date(now).isoformat(), "61111", "Northgate School", "PO 17"]
    entry = ["resit", "05834", "01", "January 2027", "CT000007"]
    assert rows == [
        FINANCE_HEADINGS,
        [*same, "charged", *entry, "2501", "Yes"],
        [*same, "refund", *entry, "-2501", "Yes"],
    ]
    assert f"run-{made.pk}.csv" in answer["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(client.get(url.replace(".csv", ".xlsx")).content)).active
    assert [[cell.value or "" for cell in row] for row in sheet.iter_rows()] == rows
    assert client.get(url.replace(".csv", ".pdf")).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_the_file_for_the_finance_system_asks_a_constant_number_of_queries(
    centre, staff, now, count, django_assert_num_queries
):
    from technicals.exports import finance_file

    for _ in range(count):
        line(CentreFactory())
    made = run(staff, now)

    with django_assert_num_queries(1):
        finance_file(run=made, form="csv")


def test_the_list_of_runs_leads_to_the_page_of_each(client, centre, officer, staff, now):
    line(centre, 5000)
    made = run(staff, now)

    page = client.get(list_of("invoicerun"))

    assert "£50.00" in words_of(page)
    answer = client.get(reverse("admin:technicals_invoicerun_change", args=[made.pk]))
    assert answer["Location"] == reverse("admin:technicals_invoicerun_made", args=[made.pk])
    assert client.get(reverse("admin:technicals_invoicerun_change", args=[made.pk + 1])).status_code == 404


def test_staff_find_an_invoice_take_its_file_and_mail_it_again(client, centre, officer, staff, now):
    line(centre, 5000)
    run(staff, now)
    invoice = Invoice.objects.get()

    found = client.get(list_of("invoice", q="61111"))
    file = client.get(reverse("admin:technicals_invoice_file", args=["TI000001", "pdf"]))
    asked = {"action": "mail_anew", "_selected_action": [invoice.pk]}
    mailed = client.post(list_of("invoice"), asked, follow=True)

    assert "TI000001" in words_of(found)
    assert file.content.startswith(b"%PDF")
    assert "TI000001 is on its way to officer@northgate.example." in words_of(mailed)
    assert OutgoingEmail.objects.count() == 2


def test_the_accounts_contact_of_a_centre_is_kept_with_who_changed_it(client, centre, staff):
    page = client.get(reverse("admin:centres_centre_change", args=[centre.pk]))
    form = page.context["adminform"].form
    data = {name: form.initial.get(name) or "" for name in form.fields}
    data |= {"email_alerts": "on", "reminder_emails": "on", "is_active": "on"}
    data |= {"accounts_contact": "The finance office", "accounts_email": "finance@northgate.example"}
    for inline in ("approvals", "memberships"):
        data |= {f"{inline}-{name}_FORMS": 0 for name in ("TOTAL", "INITIAL")}

    client.post(reverse("admin:centres_centre_change", args=[centre.pk]), data)

    centre.refresh_from_db()
    assert (centre.accounts_contact, centre.accounts_email) == ("The finance office", "finance@northgate.example")
    assert history_of(centre)[0].by == staff
    assert history_of(centre)[0].changes["accounts_email"] == ["", "finance@northgate.example"]


def test_lines_without_a_price_stand_on_the_front_page(client, centre):
    line(centre, None)
    line(centre, 5000)

    words = words_of(client.get(reverse("admin:index")))

    assert "Fee lines without a price, on no invoice 1" in words
    assert FeeLine.objects.count() == 2
