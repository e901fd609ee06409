"""What entries cost, and the laws of the price list."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from technicals.enums import PriceKind
from technicals.models import Price
from technicals.queries.prices_and_dates import fees
from technicals.rules.prices import (
    PriceFact,
    PriceTable,
    in_words,
    price_ends_after_it_begins,
    price_is_for_a_code_or_a_level,
    price_names_a_code_that_there_is,
    prices_do_not_overlap,
)
from tests.factories.technicals import PriceFactory, today

BEGIN, END = date(2027, 8, 1), date(2028, 7, 31)
DAY = timedelta(days=1)


def price(kind="resit", code="", level=None, amount=100, since=BEGIN, until=None, is_sample=False):
    return SimpleNamespace(**locals())


@pytest.mark.parametrize(
    ("pence", "words"),
    [(None, "on invoice"), (0, "£0.00"), (5, "£0.05"), (1250, "£12.50"), (108_000, "£1,080.00")],
)
def test_an_amount_is_told_in_words(pence, words):
    assert in_words(pence) == words


def test_the_most_special_price_counts():
    table = PriceTable([price(amount=1), price(level=3, amount=2), price(code="05834", amount=3)])

    assert table.price(PriceKind.RESIT, "05834", 3).amount == 3
    assert table.price(PriceKind.RESIT, "05835", 3).amount == 2
    assert table.price(PriceKind.RESIT, "05835", 2).amount == 1


def test_what_has_no_price_is_on_invoice():
    table = PriceTable([price(amount=1)])

    assert table.price(PriceKind.LATE, "05834", 3) == PriceFact(None, False)


def test_an_empty_special_price_counts_before_a_general_amount():
    table = PriceTable([price(amount=1, is_sample=True), price(level=4, amount=None)])

    assert table.price(PriceKind.RESIT, "05803", 4) == PriceFact(None, False)
    assert table.price(PriceKind.RESIT, "05834", 3) == PriceFact(1, True)


@pytest.mark.django_db
def test_the_table_is_built_from_the_prices_of_a_day():
    PriceFactory(amount=1, until=today() - DAY)
    PriceFactory(amount=2, since=today(), until=today())
    PriceFactory(amount=3, since=today() + DAY)

    found = [
        PriceTable(Price.objects.in_force(today() + days * DAY)).price("registration").amount for days in (-1, 0, 1)
    ]

    assert found == [1, 2, 3]


@pytest.mark.parametrize(
    "other",
    [
        price(since=END + DAY),
        price(since=BEGIN - 9 * DAY, until=BEGIN - DAY),
        price(kind="late"),
        price(level=3),
        price(code="05834"),
    ],
)
def test_price_01_prices_for_something_else_or_on_other_days_are_allowed(other):
    assert prices_do_not_overlap(price(until=END), [other]) is None


@pytest.mark.parametrize(
    "other",
    [
        price(since=END),
        price(since=BEGIN - 9 * DAY, until=BEGIN),
        price(since=BEGIN - DAY),
        price(since=BEGIN + DAY, until=BEGIN + DAY),
    ],
)
def test_price_01_two_prices_for_the_same_on_one_day_are_refused(other):
    refusal = prices_do_not_overlap(price(until=END), [other])

    assert (refusal.code, refusal.field) == ("PRICE-01", "since")


def test_price_01_the_refusal_says_which_price_is_in_the_way():
    refusal = prices_do_not_overlap(price(), [price(since=BEGIN, until=END)])

    assert refusal.sentence == (
        "There is a price for the same from 1 August 2027 until 31 July 2028. End that one first, or choose other days."
    )


def test_price_02_a_price_is_for_a_code_or_a_level():
    assert price_is_for_a_code_or_a_level("05834", None) is None
    assert price_is_for_a_code_or_a_level("", 3) is None
    assert price_is_for_a_code_or_a_level("", None) is None
    assert price_is_for_a_code_or_a_level("05834", 3).code == "PRICE-02"


def test_price_03_a_price_ends_on_its_first_day_or_later():
    assert price_ends_after_it_begins(BEGIN, None) is None
    assert price_ends_after_it_begins(BEGIN, BEGIN) is None
    assert price_ends_after_it_begins(BEGIN, BEGIN - DAY).code == "PRICE-03"


def test_price_04_a_price_names_a_code_that_there_is():
    assert price_names_a_code_that_there_is("05834", {"05834"}) is None
    assert price_names_a_code_that_there_is("", set()) is None
    assert price_names_a_code_that_there_is("05999", {"05834"}).code == "PRICE-04"


@pytest.mark.django_db
def test_the_fees_list_has_every_kind_and_the_prices_of_today_and_later():
    PriceFactory(amount=4000, until=today() - DAY)
    PriceFactory(amount=5000, since=today(), until=today(), is_sample=True)
    PriceFactory(amount=6000, since=today() + DAY)
    PriceFactory(kind=PriceKind.RESIT, level=3, amount=None, is_sample=True)
    PriceFactory(kind=PriceKind.LATE, code="05834", amount=100)

    found = [(fee.kind.value, fee.of_codes, fee.amount, fee.remark) for fee in fees(today())]

    assert found == [
        ("registration", "All", "£50.00", "Example amount"),
        ("registration", "All", "£60.00", ""),
        ("top-up", "All", "on invoice", ""),
        ("moving-down", "All", "on invoice", ""),
        ("re-entry", "All", "on invoice", ""),
        ("unit", "All", "on invoice", ""),
        ("resit", "Level 3", "on invoice", ""),
        ("late", "05834", "£1.00", ""),
    ]
