"""A run of invoices: every line once, every invoice the sum of its lines, or nothing at all (decision 0019)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.history import history_of
from core.moments import uk_date
from core.refusals import Refused
from outbox import tasks
from outbox.models import OutgoingEmail
from technicals.enums import PriceKind
from technicals.models import FeeLine, Invoice, InvoiceNumberCounter, InvoiceRun
from technicals.services.invoicing import ISSUED, PRICED, RUN, preview_invoices, run_invoices
from tests.factories.centres import CentreFactory
from tests.factories.technicals import PriceFactory, RegistrationFactory, UnitEntryFactory
from tests.technicals.invoices import credit, line, run

pytestmark = pytest.mark.django_db
QUERIES_OF_A_RUN = 19
"""Without the two of each centre: one gives the invoice its lines, one keeps its mail."""


def test_a_centre_gets_one_invoice_with_all_its_lines(centre, other_centre, officer, staff, now):
    centre.accounts_contact, centre.accounts_email = "The finance office", "finance@northgate.example"
    centre.save()
    charges = [line(centre, 5000), line(centre, 1250, order_number="PO 17")]
    elsewhere = line(other_centre, 2500)

    made = run(staff, now)

    first, second = Invoice.objects.order_by("number")
    assert (first.number, first.centre, first.total, first.run) == ("TI000001", centre, 6250, made)
    assert (first.accounts_contact, first.sent_to) == ("The finance office", "finance@northgate.example")
    assert (first.issued_at, first.is_sample) == (now, False)
    assert set(first.lines.all()) == set(charges)
    assert (second.number, second.centre, list(second.lines.all())) == ("TI000002", other_centre, [elsewhere])
    assert (made.by, made.at, made.until, made.unpriced) == (staff, now, uk_date(now), 0)
    assert [entry.by for entry in history_of(made).filter(action=RUN)] == [staff]
    assert [entry.by for entry in history_of(first).filter(action=ISSUED)] == [staff]


def test_the_second_run_of_a_day_finds_nothing_and_says_so(centre, staff, now):
    line(centre)
    run(staff, now)

    with pytest.raises(Refused, match="every fee line of these days that has a price is on an invoice already"):
        run(staff, now)

    assert (InvoiceRun.objects.count(), Invoice.objects.count()) == (1, 1)
    assert InvoiceNumberCounter.objects.get(letter="TI").last == 1


def test_a_later_run_takes_only_what_came_since_and_goes_on_counting(centre, staff, now):
    first = line(centre, 5000)
    run(staff, now)
    later = credit(first)

    run(staff, now + timedelta(days=1))

    invoice = Invoice.objects.get(number="TI000002")
    assert (invoice.total, invoice.is_credit_note, list(invoice.lines.all())) == (-5000, True, [later])


@pytest.mark.parametrize(
    ("made_at", "is_taken"),
    [(datetime(2026, 7, 1, 22, 59, 59, tzinfo=UTC), True), (datetime(2026, 7, 1, 23, tzinfo=UTC), False)],
)
def test_a_day_ends_with_its_last_minute_in_the_united_kingdom(centre, staff, now, made_at, is_taken):
    line(centre, created_at=made_at)

    assert preview_invoices(until=date(2026, 7, 1)).lines == (1 if is_taken else 0)


def test_a_line_without_a_price_gets_that_of_its_day_and_keeps_it_in_its_history(centre, staff, now):
    created = now - timedelta(days=40)
    today = uk_date(now)
    PriceFactory(amount=4800, until=today - timedelta(days=30), is_sample=True)
    PriceFactory(amount=5200, since=today - timedelta(days=29))
    PriceFactory(kind=PriceKind.RESIT, level=3, amount=2500)
    old = line(centre, None, created_at=created)
    new = line(centre, None, registration=old.registration)
    entry = UnitEntryFactory(centre=centre)
    resit = line(centre, None, registration=None, unit_entry=entry, kind=PriceKind.RESIT)
    preview = preview_invoices(until=today)

    run(staff, now)

    assert (preview.lines, preview.total, preview.unpriced, preview.has_samples) == (3, 12_500, 0, True)
    lines = FeeLine.objects.order_by("pk")
    assert [(each.pk, each.amount, each.is_sample) for each in lines] == [
        (old.pk, 4800, True),
        (new.pk, 5200, False),
        (resit.pk, 2500, False),
    ]
    assert [(e.by, e.changes) for e in history_of(old).filter(action=PRICED)] == [(staff, {"amount": [None, 4800]})]
    invoice = Invoice.objects.get()
    assert (invoice.total, invoice.is_sample) == (12_500, True)


def test_a_line_that_still_has_no_price_is_left_for_a_later_run_with_its_credit(centre, staff, now):
    priced = line(centre, 5000)
    charge = line(centre, None, kind=PriceKind.TOP_UP)
    given_back = credit(charge)
    made = run(staff, now)
    assert (made.unpriced, list(Invoice.objects.get().lines.all())) == (2, [priced])

    PriceFactory(kind=PriceKind.TOP_UP, amount=3000)
    run(staff, now + timedelta(hours=1))

    invoice = Invoice.objects.get(number="TI000002")
    assert (invoice.total, list(invoice.lines.values_list("pk", "amount").order_by("pk"))) == (
        0,
        [(charge.pk, 3000), (given_back.pk, -3000)],
    )


def test_a_run_that_is_not_what_was_shown_changes_nothing(centre, staff, now):
    PriceFactory(amount=4800)
    line(centre, None)
    seen = preview_invoices(until=uk_date(now)).fingerprint
    line(centre, 100)

    with pytest.raises(Refused, match="Fee lines or prices changed after you looked"):
        run_invoices(until=uk_date(now), seen=seen, by=staff, at=now)

    assert list(FeeLine.objects.order_by("pk").values_list("amount", "invoice")) == [(None, None), (100, None)]
    assert (InvoiceRun.objects.exists(), Invoice.objects.exists(), OutgoingEmail.objects.exists()) == (False,) * 3


def test_a_line_that_comes_in_while_a_run_is_under_way_stops_it(centre, staff, now, monkeypatch):
    line(centre)
    from technicals.services import invoicing

    issued = invoicing._issued

    def slowly(*given):
        line(centre, 700)
        return issued(*given)

    monkeypatch.setattr(invoicing, "_issued", slowly)

    with pytest.raises(Refused, match="Nothing was invoiced"):
        run(staff, now)

    assert not Invoice.objects.exists()


def test_invoice_04_without_numbers_nothing_is_invoiced(centre, other_centre, staff, now):
    InvoiceNumberCounter.objects.create(letter="TI", last=999_998)
    line(centre)
    line(other_centre)

    with pytest.raises(Refused, match="1 invoice numbers left, and 2 are needed"):
        run(staff, now)

    assert FeeLine.objects.filter(invoice=None).count() == 2
    assert InvoiceNumberCounter.objects.get(letter="TI").last == 999_998


@pytest.mark.parametrize("count", [1, 3])
def test_a_run_asks_a_constant_number_of_queries_and_two_for_each_centre(staff, now, count, django_assert_num_queries):
    InvoiceNumberCounter.objects.create(letter="TI")
    for centre in CentreFactory.create_batch(count, accounts_email="finance@school.example"):
        for _ in range(count):
            line(centre, registration=RegistrationFactory(centre=centre))
    seen = preview_invoices(until=uk_date(now)).fingerprint

    with django_assert_num_queries(QUERIES_OF_A_RUN + 2 * count):
        run_invoices(until=uk_date(now), seen=seen, by=staff, at=now)

    assert tasks.sweep() == count
