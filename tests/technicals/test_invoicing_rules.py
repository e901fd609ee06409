"""What a run of invoices takes, without a database (decision 0019)."""

from dataclasses import dataclass, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from technicals.rules.invoicing import (
    LAST_NUMBER,
    DatedPrices,
    RunFacts,
    RunFigures,
    Unpriced,
    invoice_numbers_are_left,
    meaning_of,
    price_of_charge,
    price_of_credit,
    prices_found,
    refusals_to_run,
    run_makes_what_was_shown,
    run_takes_days_that_have_come,
    somebody_gets_the_invoices,
    something_is_to_be_invoiced,
    title_of,
)
from technicals.rules.prices import PriceFact, in_words

TODAY = date(2026, 11, 22)
FIGURES = RunFigures(centres=2, lines=3, total=12_500, unpriced=1, has_samples=False)
FACTS = RunFacts(until=date(2026, 11, 21), today=TODAY, figures=FIGURES, seen=FIGURES.fingerprint)
NOTHING = RunFigures(centres=0, lines=0, total=0, unpriced=0, has_samples=False)


@dataclass
class Price:
    """A row of the price list."""

    kind: str
    amount: int | None
    since: date
    until: date | None = None
    code: str = ""
    level: int | None = None
    is_sample: bool = False


@dataclass
class Shown:
    """An invoice or a centre, as far as words need it."""

    number: str = "TI000007"
    total: int = 0

    @property
    def is_credit_note(self):
        return self.total < 0


def line(pk, **changes):
    return Unpriced(**{"id": pk, "centre": 1, "on": TODAY, "kind": "resit", "code": "05834", "level": 3} | changes)


@pytest.mark.parametrize(
    ("until", "code"),
    [(date(2026, 11, 21), None), (TODAY, None), (date(2026, 11, 23), "INVOICE-01"), (date.max, "INVOICE-01")],
)
def test_invoice_01_a_run_goes_until_today_at_the_latest(until, code):
    refusal = run_takes_days_that_have_come(replace(FACTS, until=until))

    assert (refusal.code if refusal else None) == code


def test_invoice_02_a_run_without_a_line_is_refused_and_says_what_waits():
    assert something_is_to_be_invoiced(FACTS) is None
    assert something_is_to_be_invoiced(replace(FACTS, figures=NOTHING)).sentence == (
        "Nothing is to be invoiced until 21 November 2026: every fee line of these days that has a price is on an "
        "invoice already. No run was made."
    )
    waiting = replace(FACTS, figures=replace(NOTHING, unpriced=1))
    assert "1 without a price waits for a later run." in something_is_to_be_invoiced(waiting).sentence


@pytest.mark.parametrize("change", [{"centres": 3}, {"lines": 4}, {"total": 12_501}, {"unpriced": 0}])
def test_invoice_03_a_run_makes_what_was_shown_and_nothing_else(change):
    assert run_makes_what_was_shown(FACTS) is None
    assert run_makes_what_was_shown(replace(FACTS, figures=replace(FIGURES, **change))).code == "INVOICE-03"


def test_a_second_run_is_told_that_nothing_is_left_and_not_that_figures_changed():
    assert [refusal.code for refusal in refusals_to_run(replace(FACTS, figures=NOTHING))] == ["INVOICE-02"]


@pytest.mark.parametrize(("last", "wanted", "code"), [(999_990, 9, None), (999_990, 10, "INVOICE-04")])
def test_invoice_04_numbers_end_at_999999(last, wanted, code):
    refusal = invoice_numbers_are_left(last, wanted)

    assert LAST_NUMBER == 999_999
    assert (refusal.code if refusal else None) == code


def test_a_line_gets_the_price_of_the_day_on_which_it_was_charged():
    prices = DatedPrices(
        [
            Price("resit", 2500, since=date(2025, 9, 1), until=date(2026, 10, 31)),
            Price("resit", 2700, since=date(2026, 11, 1), is_sample=True),
            Price("resit", 3000, since=date(2026, 11, 1), code="05835"),
            Price("late", None, since=date(2025, 9, 1)),
        ]
    )

    assert price_of_charge(line(1, on=date(2026, 10, 31)), prices) == PriceFact(2500)
    assert price_of_charge(line(1, on=date(2026, 11, 1)), prices) == PriceFact(2700, is_sample=True)
    assert price_of_charge(line(1, code="05835"), prices) == PriceFact(3000)
    assert price_of_charge(line(1, kind="late"), prices) == PriceFact(None)
    assert price_of_charge(line(1, on=date(2025, 8, 31)), prices) == PriceFact(None)


def test_a_credit_takes_back_the_whole_of_its_charge():
    assert price_of_credit(PriceFact(2500, is_sample=True)) == PriceFact(-2500, is_sample=True)
    assert price_of_credit(PriceFact(None)) == price_of_credit(None) == PriceFact(None)


def test_a_credit_is_priced_by_its_charge_and_not_by_its_own_day():
    prices = DatedPrices(
        [
            Price("resit", 2500, since=date(2026, 9, 1), until=date(2026, 10, 31)),
            Price("resit", 9900, since=date(2026, 11, 1)),
        ]
    )
    lines = [
        line(1, on=date(2026, 10, 1)),
        line(2, credits=1),
        line(3, credits=77, charge=PriceFact(1200)),
        line(4, credits=78, charge=PriceFact(None)),
        line(5, kind="late"),
    ]

    assert prices_found(lines, prices) == {1: PriceFact(2500), 2: PriceFact(-2500), 3: PriceFact(-1200)}


@given(st.integers(min_value=-(10**9), max_value=10**9))
def test_what_has_no_price_is_never_invoiced_at_nothing_and_signs_are_said(pence):
    shown = in_words(pence)

    assert shown.startswith("-£") == (pence < 0)
    assert int(shown.replace("£", "").replace(",", "").replace(".", "")) == pence
    assert shown[-3] == "."


def test_invoice_05_an_invoice_that_nobody_would_get_is_not_mailed():
    centre = Shown(number="61111")

    assert somebody_gets_the_invoices(centre, ["finance@northgate.example"]) is None
    assert somebody_gets_the_invoices(centre, []).code == "INVOICE-05"


@pytest.mark.parametrize(
    ("total", "title", "meaning"),
    [
        (12_500, "Invoice TI000007", "£125.00 is charged for the entries on this invoice."),
        (0, "Invoice TI000007", "Charges and credits make up for each other. There is nothing to pay."),
        (-2_501, "Credit note TI000007", "£25.01 is credited to your centre. There is nothing to pay."),
    ],
)
def test_an_invoice_says_what_its_total_means(total, title, meaning):
    assert (title_of(Shown(total=total)), meaning_of(Shown(total=total))) == (title, meaning)
