"""The fees list and the key dates as a centre reads them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from core.moments import date_in_words

from ..enums import PriceKind
from ..models import Price, Series
from ..rules.calendar import CLOSED, has_days_to_come, standing_in_words
from ..rules.prices import ON_INVOICE, in_words

EXAMPLE_AMOUNT, EXAMPLE_DATES = "Example amount", "Example dates"
FEE_HEADINGS = ["For", "Entry codes", "Price", "From", "Until", "Remark"]


@dataclass(frozen=True)
class FeeShown:
    """A line of the fees list; price is None for what has none on the list, which is told on the invoice."""

    kind: PriceKind
    price: Price | None

    @property
    def of_codes(self) -> str:
        """The entry codes that it is for."""
        if self.price is None or not (self.price.code or self.price.level):
            return "All"
        return self.price.code or self.price.get_level_display()

    @property
    def amount(self) -> str:
        """What it costs, in words."""
        return in_words(self.price.amount) if self.price else ON_INVOICE

    @property
    def remark(self) -> str:
        """That the amount is an example; empty for a true one."""
        return EXAMPLE_AMOUNT if self.price and self.price.is_sample and self.price.amount is not None else ""

    @property
    def cells(self) -> list[str]:
        """The line as a file has it, under FEE_HEADINGS."""
        since, until = (self.price.since, self.price.until) if self.price else (None, None)
        return [self.kind.label, self.of_codes, self.amount, _day(since), _day(until), self.remark]


def fees(on: date) -> list[FeeShown]:
    """The prices of this day and those to come, in the order of their kinds; a kind without one is on invoice."""
    prices = Price.objects.filter(Q(until=None) | Q(until__gte=on)).order_by("code", "level", "since")
    of_kind: dict[str, list[Price | None]] = {}
    for price in prices:
        of_kind.setdefault(price.kind, []).append(price)
    return [FeeShown(kind, price) for kind in PriceKind for price in of_kind.get(kind) or [None]]


def _day(day: date | None) -> str:
    return date_in_words(day) if day else ""


DATE_HEADINGS = ["Series", "Now", "Opens", "Entry deadline", "Late entries until", "Refund until", "Results", "Remark"]


@dataclass(frozen=True)
class SeriesShown:
    """A series and how it stands on a day."""

    series: Series
    standing: str

    @property
    def remark(self) -> str:
        """That the dates are examples; empty for true ones."""
        return EXAMPLE_DATES if self.series.is_sample else ""

    @property
    def cells(self) -> list[str]:
        """The line as a file has it, under DATE_HEADINGS."""
        own = self.series
        days = (own.opens_on, own.entry_deadline, own.late_until, own.refund_until, own.results_on)
        return [str(own), self.standing, *map(_day, days), self.remark]


def key_dates(on: date) -> list[SeriesShown]:
    """The series that have a day to come, the next entry deadline first; those with only results to come last."""
    series = Series.objects.order_by("entry_deadline", "kind")
    shown = [SeriesShown(each, standing_in_words(each, on)) for each in series if has_days_to_come(each, on)]
    return sorted(shown, key=lambda each: each.standing == CLOSED)
