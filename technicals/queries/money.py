"""Fee lines and invoices, added up and in words. Each function asks a constant number of queries."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, F, Q, Sum, When
from django.db.models.functions import Coalesce

from ..enums import FeeReason, PriceKind
from ..models import FeeLine, Invoice, InvoiceRun, Series
from ..querysets import FeeLineQuerySet, InvoiceQuerySet

INVOICES_ON_A_PAGE = 25
LINES_ON_A_PAGE = 100
SHOWN_ORDERS = 50
ENTRY_FIELDS = {
    "code": "qualification__code",
    "title": "qualification__title",
    "series_kind": "series__kind",
    "series_year": "series__year",
}
"""What is said of the entry that a fee line is for, whichever kind of entry it is."""
OF_FINANCE = (
    "invoice__number",
    "invoice__issued_at",
    "invoice__centre__number",
    "invoice__centre__name",
    "order_number",
    "reason",
    "kind",
    "code",
    "unit",
    "series_kind",
    "series_year",
    "submission__number",
    "amount",
    "is_sample",
)
"""What the finance system is told of a fee line."""
REASONS, KINDS = list(FeeReason), list(PriceKind)


@dataclass(frozen=True)
class LinesAlike:
    """Fee lines that differ in nothing but whom they are for, as one; no candidate is named in it.

    unit: its number; None for a registration. submission: "" where those of several are counted together.
    each: pence; None for what has no price yet.
    """

    order_number: str
    reason: FeeReason
    kind: PriceKind
    code: str
    title: str
    unit: int | None
    unit_title: str
    series: str
    each: int | None
    is_sample: bool
    count: int
    submission: str = ""

    @property
    def total(self) -> int:
        """Pence in all; nothing as long as there is no price."""
        return (self.each or 0) * self.count


@dataclass(frozen=True)
class OrderShown:
    """What was ordered under one order number; "" for what has none."""

    order_number: str
    lines: tuple[LinesAlike, ...]

    @property
    def total(self) -> int:
        """Pence in all."""
        return sum(line.total for line in self.lines)


def lines_alike(lines: FeeLineQuerySet, *, by_submission: bool = False) -> list[LinesAlike]:
    """Fee lines counted together where they are alike, in the order of an invoice; one query."""
    fields = ["order_number", "reason", "kind", "amount", "is_sample", "unit", "unit_title", *ENTRY_FIELDS]
    fields += ["submission__number"] if by_submission else []
    rows = with_entry(lines).order_by().values(*fields).annotate(count=Count("pk"))
    return sorted((_alike(row) for row in rows), key=_place)


def with_entry(lines: FeeLineQuerySet) -> FeeLineQuerySet:
    """Fee lines with what is said of the entry that each is for: ENTRY_FIELDS, unit and unit_title."""
    of_either = {
        name: Coalesce(f"registration__{field}", f"unit_entry__{field}") for name, field in ENTRY_FIELDS.items()
    }
    unit = {"unit": F("unit_entry__unit__number"), "unit_title": F("unit_entry__unit__title")}
    return lines.annotate(**of_either, **unit)


@cache
def series_in_words(kind: str, year: int) -> str:
    """A series by its kind and year, as everywhere."""
    return str(Series(kind=kind, year=year))


def by_order_number(lines: Iterable[LinesAlike]) -> list[OrderShown]:
    """Lines in the order of an invoice, under their order numbers."""
    return [OrderShown(order, tuple(found)) for order, found in groupby(lines, key=lambda line: line.order_number)]


def _alike(row: dict[str, Any]) -> LinesAlike:
    return LinesAlike(
        order_number=row["order_number"],
        reason=FeeReason(row["reason"]),
        kind=PriceKind(row["kind"]),
        code=row["code"],
        title=row["title"],
        unit=row["unit"],
        unit_title=row["unit_title"] or "",
        series=series_in_words(row["series_kind"], row["series_year"]),
        each=row["amount"],
        is_sample=row["is_sample"],
        count=row["count"],
        submission=row.get("submission__number", ""),
    )


def _place(line: LinesAlike) -> tuple[Any, ...]:
    """Order numbers in their order, those without last; charges before credits; then kind, code, unit and amount."""
    order = (line.order_number == "", line.order_number)
    what = (REASONS.index(line.reason), KINDS.index(line.kind), line.code, line.unit or 0, line.series)
    return (*order, *what, line.submission, line.each is None, line.each or 0, line.is_sample)


# --- the pages of a centre --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class InvoiceShown:
    """A line of the list of invoices."""

    invoice: Invoice
    order_numbers: tuple[str, ...]


def invoices_page(invoices: InvoiceQuerySet, number: Any) -> Page:
    """A page of invoices, the newest first, each with its order numbers."""
    page = Paginator(invoices.order_by("-issued_at", "-pk"), INVOICES_ON_A_PAGE).get_page(number)
    found: dict[int, list[str]] = {invoice.pk: [] for invoice in page.object_list}
    orders = FeeLine.objects.filter(invoice__in=list(found)).exclude(order_number="").order_by("order_number")
    for pk, order in orders.values_list("invoice", "order_number").distinct():
        found[pk].append(order)
    page.object_list = [InvoiceShown(invoice, tuple(found[invoice.pk])) for invoice in page.object_list]
    return page


def totals_by_order_number(invoice: Invoice) -> list[dict[str, Any]]:
    """What an invoice has under each order number: order_number, count and total; those without one last."""
    sums: Any = invoice.lines.order_by().values("order_number").annotate(count=Count("pk"), total=Sum("amount"))
    return sorted(sums, key=lambda order: (order["order_number"] == "", order["order_number"]))


def lines_page(invoice: Invoice, number: Any) -> Page:
    """A page of the fee lines of an invoice, in the order of their order numbers, each with its entry and candidate."""
    code = Coalesce("registration__qualification__code", "unit_entry__qualification__code")
    without = Case(When(order_number="", then=1), default=0)
    ordered = invoice.lines.annotate(code=code, without=without).order_by("without", "order_number", "code", "pk")
    ordered = ordered.select_related(
        "submission",
        *(f"registration__{name}" for name in ("candidate", "qualification", "series")),
        *(f"unit_entry__{name}" for name in ("candidate", "qualification", "series", "unit")),
    )
    return Paginator(ordered, LINES_ON_A_PAGE).get_page(number)


@dataclass(frozen=True)
class Waiting:
    """What a centre is charged and no invoice has yet. unpriced: how many lines have no price."""

    count: int
    total: int
    unpriced: int
    has_samples: bool
    orders: tuple[tuple[str, int, int, int], ...]
    more_orders: int


def not_invoiced_yet(*, centre: Any, user: Any) -> Waiting:
    """The fee lines of a centre that no invoice has, in all and by order number; one query."""
    lines = FeeLine.objects.visible_to(user).filter(centre=centre).not_invoiced().order_by()
    orders: Any = lines.values("order_number").annotate(
        count=Count("pk"),
        total=Coalesce(Sum("amount"), 0),
        unpriced=Count("pk", filter=Q(amount=None)),
        samples=Count("pk", filter=Q(is_sample=True)),
    )
    found = sorted(orders, key=lambda order: (order["order_number"] == "", order["order_number"]))
    shown = found[:SHOWN_ORDERS]
    return Waiting(
        count=sum(order["count"] for order in found),
        total=sum(order["total"] for order in found),
        unpriced=sum(order["unpriced"] for order in found),
        has_samples=any(order["samples"] for order in found),
        orders=tuple((each["order_number"], each["count"], each["total"], each["unpriced"]) for each in shown),
        more_orders=len(found) - len(shown),
    )


# --- the administration -----------------------------------------------------------------------------------------------


def runs_with_sums(runs: Any) -> Any:
    """Runs with how many invoices each made, and their total in pence; in the same query."""
    return runs.annotate(invoice_count=Count("invoices"), total=Coalesce(Sum("invoices__total"), 0))


def invoices_of(run: InvoiceRun) -> list[Invoice]:
    """The invoices of a run with their centres and how many lines each has, in the order of their numbers."""
    return list(run.invoices.select_related("centre").annotate(line_count=Count("lines")).order_by("number"))


def finance_rows(run: InvoiceRun) -> Iterable[tuple[Any, ...]]:
    """Each fee line that a run invoiced, with OF_FINANCE in this order; one query."""
    lines = with_entry(FeeLine.objects.filter(invoice__run=run)).order_by("invoice__number", "pk")
    return lines.values_list(*OF_FINANCE).iterator(chunk_size=2_000)
