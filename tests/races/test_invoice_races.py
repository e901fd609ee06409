"""Runs of invoices that are made at the same moment, and charges that are credited meanwhile."""

import time

import pytest

from core.moments import uk_date
from core.refusals import Refused
from technicals.models import FeeLine, Invoice, InvoiceNumberCounter, InvoiceRun
from technicals.services import invoicing
from technicals.services.crediting import credit_by_decision
from technicals.services.invoicing import preview_invoices, run_invoices
from tests.factories.centres import CentreFactory
from tests.factories.technicals import RegistrationFactory
from tests.races.conftest import all_at_once
from tests.technicals.invoices import line

CENTRES, LINES = 3, 4


@pytest.fixture
def charges(db):
    """Some charges of each of three centres."""
    entries = [RegistrationFactory(centre=centre) for centre in CentreFactory.create_batch(CENTRES)]
    return [line(entry.centre, 1000, registration=entry) for entry in entries for _ in range(LINES)]


@pytest.fixture
def make(charges, staff, now):
    """A run as it was asked for after its preview, before any rival began."""
    until = uk_date(now)
    seen = preview_invoices(until=until).fingerprint
    return lambda: run_invoices(until=until, seen=seen, by=staff, at=now)


@pytest.fixture
def slow(monkeypatch):
    """A pause between what a run found and the first invoice, in which a rival can act."""
    issued = invoicing._issued
    monkeypatch.setattr(invoicing, "_issued", lambda *given: time.sleep(0.3) or issued(*given))


def sums():
    """The total of each invoice, and the sum of its lines."""
    return [(invoice.total, sum(each.amount for each in invoice.lines.all())) for invoice in Invoice.objects.all()]


def test_two_runs_at_once_invoice_everything_once(make, slow):
    answers = all_at_once([make] * 4)

    refused = [answer for answer in answers if isinstance(answer, Refused)]
    assert [str(answer.refusals[0].code) for answer in refused] == ["INVOICE-02"] * 3
    assert (InvoiceRun.objects.count(), InvoiceNumberCounter.objects.get().last) == (1, CENTRES)
    assert sums() == [(1000 * LINES, 1000 * LINES)] * CENTRES


def test_twin_without_the_lock_and_the_last_look_a_second_run_makes_empty_invoices(make, slow, monkeypatch):
    monkeypatch.setattr(invoicing, "_wait_for_others", lambda until: None)
    monkeypatch.setattr(invoicing, "run_makes_what_was_shown", lambda facts: None)

    all_at_once([make] * 2)

    assert InvoiceRun.objects.count() == 2
    assert sorted(sums()) == [(0, 0)] * CENTRES + [(1000 * LINES, 1000 * LINES)] * CENTRES


def test_without_the_lock_alone_the_last_look_still_stops_the_second_run(make, slow, monkeypatch):
    monkeypatch.setattr(invoicing, "_wait_for_others", lambda until: None)

    answers = all_at_once([make] * 2)

    assert [answer.refusals[0].code for answer in answers if isinstance(answer, Refused)] == ["INVOICE-03"]
    assert sums() == [(1000 * LINES, 1000 * LINES)] * CENTRES


def test_charges_that_are_credited_meanwhile_go_on_the_next_invoice_and_nothing_hangs(make, charges, staff, now, slow):
    def credited(charge):
        return lambda: credit_by_decision(line=charge, note="By mistake.", by=staff, at=now)

    answers = all_at_once([make, *(credited(charge) for charge in reversed(charges))])

    assert [answer for answer in answers[1:] if isinstance(answer, Exception)] == []
    if isinstance(answers[0], Refused):  # the credits were quicker
        assert answers[0].refusals[0].code == "INVOICE-03"
    until = uk_date(now)
    run_invoices(until=until, seen=preview_invoices(until=until).fingerprint, by=staff, at=now)
    assert all(total == lines for total, lines in sums())
    assert sum(total for total, _ in sums()) == 0
    assert not FeeLine.objects.filter(invoice=None).exists()
