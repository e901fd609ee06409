"""Invoices: a run takes every fee line that none has, until a day, and makes one for each centre (decision 0019)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import Coalesce

from centres.models import Centre
from core.bulk import update_rows
from core.history import record, record_ids
from core.moments import UK, uk_date
from core.numbers import take_numbers
from core.refusals import Refused, raise_if_any

from ..models import FeeLine, Invoice, InvoiceNumberCounter, InvoiceRun, Price
from ..rules.invoicing import (
    LAST_NUMBER,
    LETTERS,
    DatedPrices,
    RunFacts,
    RunFigures,
    Unpriced,
    invoice_numbers_are_left,
    prices_found,
    refusals_to_run,
    run_makes_what_was_shown,
)
from ..rules.prices import PriceFact
from .invoice_mails import queue_invoice_mails, recipients_of

RUN, ISSUED, PRICED = "technicals-invoice-run.made", "technicals-invoice.issued", "technicals-fee-line.priced"
LAST_DAY = date.max - timedelta(days=1)
OF_UNPRICED = ("pk", "centre_id", "created_at", "kind", "credits_id", "credits__amount", "credits__is_sample")
"""What is read of a fee line without an amount; its entry code and level come after."""


@dataclass(frozen=True)
class _Due:
    """What a run would take: its figures, its centres, and the prices that were found for lines without one."""

    figures: RunFigures
    centres: frozenset[int]
    found: Mapping[int, PriceFact]


def preview_invoices(*, until: date) -> RunFigures:
    """What a run until this day would take, as things stand. Changes nothing; a constant number of queries."""
    return _due(until).figures


@transaction.atomic
def run_invoices(*, until: date, seen: str, by: Any, at: datetime) -> InvoiceRun:
    """Make an invoice for every centre that has fee lines until the end of this UK day on none, and mail each.

    seen: the fingerprint of the figures that were looked at (`preview_invoices`). A line without an amount gets the
    price of its day, which is kept in its history; where there is none it is left. Runs wait for one another, so that
    no line is on two invoices. Raises Refused, and then nothing was changed.
    """
    _wait_for_others(until)
    due = _due(until)
    facts = RunFacts(until, uk_date(at), due.figures, seen)
    raise_if_any(refusals_to_run(facts))
    _set_prices(due.found, by=by, at=at)
    run = InvoiceRun.objects.create(until=until, by=by, at=at, unpriced=due.figures.unpriced)
    invoices = _issued(run, due.centres)
    _put_lines_on(run, invoices, facts)
    record(by=by, at=at, action=RUN, subjects=[run])
    record_ids(by=by, at=at, action=ISSUED, model=Invoice, ids=[invoice.pk for invoice in invoices])
    queue_invoice_mails(run, at=at)
    return run


def _wait_for_others(until: date) -> None:
    """Wait until no other run is under way, and nobody credits what this one takes.

    The lines are locked in the order of their keys, as crediting locks them, so that neither waits for the other.
    """
    InvoiceNumberCounter.objects.get_or_create(letter=LETTERS)
    InvoiceNumberCounter.objects.select_for_update().get(letter=LETTERS)
    list(_lines_until(until).order_by("pk").select_for_update(no_key=True).values_list("pk", flat=True))


def _lines_until(until: date) -> Any:
    """The fee lines on no invoice that were made until the end of this day in the United Kingdom."""
    end = datetime.combine(min(until, LAST_DAY) + timedelta(days=1), time(0), UK)
    return FeeLine.objects.not_invoiced().filter(created_at__lt=end).order_by()


def _due(until: date) -> _Due:
    lines = _lines_until(until)
    waiting = _unpriced(lines.filter(amount=None))
    found = prices_found(waiting, DatedPrices(Price.objects.all()))
    priced = lines.filter(amount__isnull=False)
    sums = priced.aggregate(lines=Count("pk"), total=Coalesce(Sum("amount"), 0), samples=Count("pk", Q(is_sample=True)))
    centres = set(priced.values_list("centre_id", flat=True).distinct())
    centres |= {line.centre for line in waiting if line.id in found}
    figures = RunFigures(
        centres=len(centres),
        lines=sums["lines"] + len(found),
        total=sums["total"] + sum(price.amount or 0 for price in found.values()),
        unpriced=len(waiting) - len(found),
        has_samples=bool(sums["samples"]) or any(price.is_sample for price in found.values()),
    )
    return _Due(figures, frozenset(centres), found)


def _unpriced(lines: QuerySet[FeeLine]) -> list[Unpriced]:
    of_entry = [
        Coalesce(f"registration__qualification__{name}", f"unit_entry__qualification__{name}")
        for name in ("code", "level")
    ]
    return [
        Unpriced(pk, centre, uk_date(made), kind, code, level, credits, PriceFact(amount, bool(is_sample)))
        for pk, centre, made, kind, credits, amount, is_sample, code, level in lines.values_list(
            *OF_UNPRICED, *of_entry
        )
    ]


def _set_prices(found: Mapping[int, PriceFact], *, by: Any, at: datetime) -> None:
    """Store the price of each line that had none, and keep that in its history: a statement for each amount."""
    alike: dict[PriceFact, list[int]] = defaultdict(list)
    for pk, price in found.items():
        alike[price].append(pk)
    for price, ids in alike.items():
        fields = ["amount", "is_sample"]
        update_rows(FeeLine, fields=fields, rows=[[pk, price.amount, price.is_sample] for pk in ids], same={})
        changes = {"amount": [None, price.amount]}
        record_ids(by=by, at=at, action=PRICED, model=FeeLine, ids=ids, changes=changes)


def _issued(run: InvoiceRun, centres: frozenset[int]) -> list[Invoice]:
    """An invoice, still without lines, for each of these centres, in the order of their numbers."""
    found = Centre.objects.filter(pk__in=centres).select_related("exams_officer").order_by("number")
    numbers = take_invoice_numbers(len(centres))
    sent_to = recipients_of(found)
    return Invoice.objects.bulk_create(
        Invoice(
            number=number,
            run=run,
            centre=centre,
            issued_at=run.at,
            total=0,
            accounts_contact=centre.accounts_contact,
            sent_to=next(iter(sent_to[centre.pk]), ""),
        )
        for number, centre in zip(numbers, found, strict=True)
    )


def _put_lines_on(run: InvoiceRun, invoices: Iterable[Invoice], facts: RunFacts) -> None:
    """Give each invoice its lines, then its total. Raises Refused where they are not what was seen.

    A line that was entered while the run was under way may have come in between.
    """
    lines = _lines_until(facts.until).filter(amount__isnull=False)
    for invoice in invoices:  # a statement each: one for all would run into the time limit of the database
        lines.filter(centre=invoice.centre_id).update(invoice=invoice)
    sums = FeeLine.objects.filter(invoice__run=run).order_by().values("invoice")
    totals = list(
        sums.annotate(total=Sum("amount"), count=Count("pk"), samples=Count("pk", Q(is_sample=True))).values_list(
            "invoice", "total", "count", "samples"
        )
    )
    taken = RunFigures(
        centres=len(totals),
        lines=sum(count for _, _, count, _ in totals),
        total=sum(total for _, total, _, _ in totals),
        unpriced=facts.figures.unpriced,
        has_samples=any(samples for _, _, _, samples in totals),
    )
    refusal = run_makes_what_was_shown(replace(facts, figures=taken))
    raise_if_any([refusal] if refusal else [])
    rows = [[pk, total, bool(samples)] for pk, total, _, samples in totals]
    update_rows(Invoice, fields=["total", "is_sample"], rows=rows, same={})


def take_invoice_numbers(count: int) -> list[str]:
    """The next numbers, taken in one statement inside the caller's transaction. Raises Refused where fewer are left."""
    last = take_numbers(InvoiceNumberCounter, LETTERS, count=count, last_of_all=LAST_NUMBER)
    if last is None:
        refusal = invoice_numbers_are_left(InvoiceNumberCounter.objects.get(letter=LETTERS).last, count)
        raise Refused([refusal] if refusal else [])
    return [f"{LETTERS}{number:06}" for number in range(last - count + 1, last + 1)]
