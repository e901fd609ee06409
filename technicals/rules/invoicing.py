"""What a run of invoices takes, and what is said of an invoice (decision 0019). Plain Python."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.moments import date_in_words
from core.refusals import Refusal, all_refusals

from .prices import PriceFact, PriceTable, in_words

LETTERS = "TI"
LAST_NUMBER = 999_999
NO_ORDER_NUMBER = "No order number"
SAMPLE = "SAMPLE: it has amounts that are examples, not the board's prices. Nothing is to be paid for it."


@dataclass(frozen=True)
class RunFigures:
    """What a run takes, or would take: how many centres and lines, pence in all, and how many lines have no price."""

    centres: int
    lines: int
    total: int
    unpriced: int
    has_samples: bool

    @property
    def fingerprint(self) -> str:
        """What a preview showed, for the run that is asked to do just that."""
        return f"{self.centres}-{self.lines}-{self.total}-{self.unpriced}"


@dataclass(frozen=True)
class RunFacts:
    """What a run is judged by. seen: the fingerprint of the preview that was looked at."""

    until: date
    today: date
    figures: RunFigures
    seen: str


def run_takes_days_that_have_come(facts: RunFacts) -> Refusal | None:
    """INVOICE-01: A run takes the fee lines until today at the latest."""
    if facts.until <= facts.today:
        return None
    return Refusal("INVOICE-01", "That day is still to come. Choose today or an earlier day.", field="until")


def something_is_to_be_invoiced(facts: RunFacts) -> Refusal | None:
    """INVOICE-02: A run needs at least one fee line that has an amount and stands on no invoice."""
    if facts.figures.lines:
        return None
    waiting = facts.figures.unpriced
    left = f" {waiting:,} without a price {'waits' if waiting == 1 else 'wait'} for a later run." if waiting else ""
    return Refusal(
        "INVOICE-02",
        f"Nothing is to be invoiced until {date_in_words(facts.until)}: every fee line of these days that has a price "
        f"is on an invoice already.{left} No run was made.",
        field="until",
    )


def run_makes_what_was_shown(facts: RunFacts) -> Refusal | None:
    """INVOICE-03: A run makes what its preview showed: the same centres, lines and total."""
    if facts.seen == facts.figures.fingerprint:
        return None
    return Refusal(
        "INVOICE-03",
        "Fee lines or prices changed after you looked. Nothing was invoiced: the figures below are those of now. "
        "Look at them, and run it again.",
    )


RULES = (run_takes_days_that_have_come, something_is_to_be_invoiced, run_makes_what_was_shown)


def refusals_to_run(facts: RunFacts) -> list[Refusal]:
    """What stands against a run. That nothing is left to invoice says enough: another run was quicker."""
    found = all_refusals(RULES, facts)
    return found if facts.figures.lines else [refusal for refusal in found if refusal.code != "INVOICE-03"]


def invoice_numbers_are_left(last: int, wanted: int) -> Refusal | None:
    """INVOICE-04: Invoice numbers run from TI000001 to TI999999, without gaps, and are never used again."""
    if last + wanted <= LAST_NUMBER:
        return None
    return Refusal(
        "INVOICE-04",
        f"There are {LAST_NUMBER - last:,} invoice numbers left, and {wanted:,} are needed. Nothing was invoiced. "
        "Ask whoever runs the portal for new letters.",
    )


@dataclass(frozen=True)
class Unpriced:
    """A fee line without an amount. on: the day in the United Kingdom on which it was made.

    credits: the id of the charge that it takes back, or None. charge: what that charge has by now, if anything.
    """

    id: int
    centre: int
    on: date
    kind: str
    code: str
    level: int
    credits: int | None = None
    charge: PriceFact | None = None


class DatedPrices:
    """The price table of any day, each made once."""

    def __init__(self, prices: Iterable[Any]) -> None:
        self._prices = list(prices)
        self._tables: dict[date, PriceTable] = {}

    def of(self, on: date) -> PriceTable:
        """The prices in force on a day."""
        if on not in self._tables:
            in_force = [price for price in self._prices if price.since <= on <= (price.until or on)]
            self._tables[on] = PriceTable(in_force)
        return self._tables[on]


def price_of_charge(line: Unpriced, prices: DatedPrices) -> PriceFact:
    """What had no price is invoiced at the price of the day on which it was charged, never at nothing.

    Where that day still has no price, the line waits for a later run.
    """
    return prices.of(line.on).price(line.kind, line.code, line.level)


def price_of_credit(charge: PriceFact | None) -> PriceFact:
    """A credit takes back the whole of its charge, at the charge's price, with the sign turned round."""
    if charge is None or charge.amount is None:
        return PriceFact(None)
    return PriceFact(-charge.amount, charge.is_sample)


def prices_found(lines: Iterable[Unpriced], prices: DatedPrices) -> dict[int, PriceFact]:
    """What each of these lines costs, by id; without those that still have no price."""
    lines = list(lines)
    found = {line.id: price_of_charge(line, prices) for line in lines if line.credits is None}
    for line in lines:
        if line.credits is not None:
            found[line.id] = price_of_credit(found.get(line.credits, line.charge))
    return {pk: price for pk, price in found.items() if price.amount is not None}


def somebody_gets_the_invoices(centre: Any, to: Collection[str]) -> Refusal | None:
    """INVOICE-05: An invoice is mailed to somebody: the accounts address, the exams officer, or who makes entries."""
    if to:
        return None
    return Refusal(
        "INVOICE-05",
        f"Centre {centre.number} has neither an accounts address nor anybody who makes entries, so nothing was mailed. "
        "Give the centre an accounts e-mail address, and mail the invoice again.",
    )


def refusals_to_mail(centre: Any, to: Collection[str]) -> list[Refusal]:
    """What stands against mailing an invoice."""
    return all_refusals((somebody_gets_the_invoices,), centre, to)


def title_of(invoice: Any) -> str:
    """What an invoice is headed with."""
    return f"{'Credit note' if invoice.is_credit_note else 'Invoice'} {invoice.number}"


def meaning_of(invoice: Any) -> str:
    """What its total means for the centre, in a sentence."""
    if invoice.is_credit_note:
        return f"{in_words(-invoice.total)} is credited to your centre. There is nothing to pay."
    if invoice.total == 0:
        return "Charges and credits make up for each other. There is nothing to pay."
    return f"{in_words(invoice.total)} is charged for the entries on this invoice."
