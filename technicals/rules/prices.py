"""What entries cost, and the laws of the price list (decision 0018). Plain Python.

A price is anything with kind, code, level, amount, since, until and is_sample.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.moments import date_in_words
from core.refusals import Refusal

ON_INVOICE = "on invoice"


@dataclass(frozen=True)
class PriceFact:
    """What something costs: pence, or None for "on invoice"; and whether the amount is only an example."""

    amount: int | None
    is_sample: bool = False


class PriceTable:
    """The prices of one day, to be asked as often as a file has rows."""

    def __init__(self, prices: Iterable[Any]) -> None:
        rows = sorted(prices, key=lambda price: price.since)
        self._facts = {_place(price): PriceFact(price.amount, price.is_sample) for price in rows}

    def price(self, kind: str, code: str = "", level: int | None = None) -> PriceFact:
        """The most special price that there is: of the entry code, else of the level, else of all; else on invoice."""
        places = [(str(kind), code, None), (str(kind), "", level), (str(kind), "", None)]
        return next((self._facts[place] for place in places if place in self._facts), PriceFact(None))


def in_words(pence: int | None) -> str:
    """An amount as "£12.50", "£1,080.00", or "-£12.50" for what is credited; "on invoice" where there is none."""
    if pence is None:
        return ON_INVOICE
    pounds, rest = divmod(abs(pence), 100)
    return f"{'-' if pence < 0 else ''}£{pounds:,}.{rest:02}"


def prices_do_not_overlap(price: Any, others: Iterable[Any]) -> Refusal | None:
    """PRICE-01: Of one kind, entry code and level there is one price on a day."""
    for other in others:
        if _place(other) == _place(price) and _share_a_day(other, price):
            until = date_in_words(other.until) if other.until else "further notice"
            return Refusal(
                "PRICE-01",
                f"There is a price for the same from {date_in_words(other.since)} until {until}. "
                "End that one first, or choose other days.",
                field="since",
            )
    return None


def price_is_for_a_code_or_a_level(code: str, level: Any) -> Refusal | None:
    """PRICE-02: A price is for an entry code, or for a level, or for all; not for an entry code and a level at once."""
    if not (code and level):
        return None
    return Refusal("PRICE-02", "An entry code has its level. Leave the level empty, or the code.", field="level")


def price_ends_after_it_begins(since: date, until: date | None) -> Refusal | None:
    """PRICE-03: The last day of a price is not before its first."""
    if until is None or until >= since:
        return None
    return Refusal("PRICE-03", "The last day of a price must not be before its first. Check both dates.", field="until")


def price_names_a_code_that_there_is(code: str, codes: Collection[str]) -> Refusal | None:
    """PRICE-04: A price for an entry code names one that is in the catalogue."""
    if not code or code in codes:
        return None
    sentence = f"There is no entry code {code} in the catalogue. Load the entry codes first, or mend it."
    return Refusal("PRICE-04", sentence, field="code")


def _place(price: Any) -> tuple[str, str, int | None]:
    return str(price.kind), price.code, None if price.code else price.level


def _share_a_day(one: Any, other: Any) -> bool:
    ends_before = (one.until and one.until < other.since) or (other.until and other.until < one.since)
    return not ends_before
