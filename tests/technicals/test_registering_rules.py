"""Registrations: full awards, top-ups, moving down, re-entry, and what stands beside them (decision 0018)."""

from datetime import UTC, date, datetime

import pytest

from technicals.enums import PriceKind
from technicals.rules.facts import Registered
from technicals.rules.prices import PriceTable
from technicals.rules.registering import centre_is_approved_for_something, registrations_are_set_up
from technicals.services.entering import completion_date
from tests.technicals.facts import (
    BUSINESS,
    FULL,
    IT,
    LARGER,
    MOVE_DOWN,
    OF_2012,
    OF_2012_TOO,
    OTHER_TOP_UP,
    PRICES,
    RE_ENTRY,
    REGISTRATIONS,
    TOP_UP,
    PriceRow,
    codes,
    facts,
    judged,
    known,
    prices,
    typed,
    units,
)

ANN = known(1)
DECLARED = f"{MOVE_DOWN} for Ann Smith, born 27 March 2014"


def registered(code=FULL, family=BUSINESS, is_live=True, number=7, reference="CT000007"):
    return Registered(number, code, family, reference, is_live)


def row_of(registrations, **cells):
    """Ann's row, where these registrations stand."""
    [row] = judged([typed(**cells)], facts(known=[ANN], registered={1: registrations}))
    return row


def test_a_row_without_units_is_a_registration_in_the_years_set():
    [row] = judged([typed()])

    assert (codes(row), row.already) == ([], "")
    assert (row.registration.code.code, row.registration.series) == (FULL, REGISTRATIONS)
    assert prices(row) == [(PriceKind.REGISTRATION, 5000)]


@pytest.mark.parametrize(
    "at",
    [
        datetime(2030, 8, 31, 23, tzinfo=UTC),
        datetime(2031, 7, 1, tzinfo=UTC),
        datetime(2031, 8, 31, 22, 59, 59, tzinfo=UTC),
    ],
)
def test_registrations_are_never_late(at):
    [row] = judged([typed()], facts(at=at, today=at.date()))

    assert prices(row) == [(PriceKind.REGISTRATION, 5000)]


def test_one_that_stands_is_entered_already_and_costs_nothing():
    row = row_of([registered()])

    assert (row.already, codes(row), row.registration, row.charges) == ("CT000007", [], None, [])


@pytest.mark.parametrize("wrong", [{"gender": "?"}, {"date_of_birth": "31/02/2014", "uci": ""}, {"centre_number": "1"}])
def test_a_row_with_something_to_mend_is_not_taken_for_what_stands(wrong):
    row = row_of([registered()], **wrong)

    assert row.already == ""
    assert len(codes(row)) == 1


def test_one_that_does_not_stand_any_more_is_entered_anew():
    assert row_of([registered(is_live=False)]).registration.code.code == FULL


def test_another_size_of_the_same_subject_is_another_registration():
    assert row_of([registered(LARGER)]).registration.code.code == FULL


@pytest.mark.parametrize(
    "registrations", [[], [registered(is_live=False)], [registered("05836")], [registered(FULL, IT)]]
)
def test_route_01_a_top_up_needs_a_live_full_award_under_its_code(registrations):
    row = row_of(registrations, scheme_code=TOP_UP)

    assert [(each.code, each.field) for each in row.refusals] == [("ROUTE-01", "scheme_code")]
    assert "the top-up code from 05834" in row.refusals[0].sentence
    assert row.registration is None


def test_route_01_the_full_award_in_the_same_file_is_not_processed_yet():
    [full, top_up] = judged([typed(), typed(scheme_code=TOP_UP)])

    assert (codes(full), codes(top_up)) == ([], ["ROUTE-01"])


def test_a_top_up_follows_its_full_award_and_has_a_price_of_its_own():
    row = row_of([registered()], scheme_code=TOP_UP)

    assert (row.registration.follows, row.registration.is_declared) == (7, False)
    assert prices(row) == [(PriceKind.TOP_UP, 3000)]


def test_a_top_up_that_stands_is_entered_already():
    stands = [registered(LARGER, number=8, reference="CT000008"), registered(is_live=False)]

    assert row_of(stands, scheme_code=TOP_UP).already == "CT000008"
    assert row_of(stands, scheme_code=LARGER).already == "CT000008"


def test_route_02_moving_down_waits_for_the_declaration():
    row = row_of([registered(LARGER)], scheme_code=MOVE_DOWN)

    [refusal] = row.refusals
    assert (refusal.code, refusal.confirm_with, refusal.confirm_as) == ("ROUTE-02", "is_declared", DECLARED)


def test_route_02_a_declaration_for_another_code_does_not_count():
    assert codes(
        row_of([registered(LARGER)], scheme_code=MOVE_DOWN, is_declared=DECLARED.replace(MOVE_DOWN, TOP_UP))
    ) == ["ROUTE-02"]


def test_route_02_a_declaration_for_another_person_does_not_count():
    ben = known(2, first_name="Ben")
    by = facts(known=[ANN, ben], registered={1: [registered(LARGER)], 2: [registered(LARGER, number=8)]})

    rows = judged([typed(scheme_code=MOVE_DOWN, first_name=name, is_declared=DECLARED) for name in ("Ann", "Ben")], by)

    assert [codes(row) for row in rows] == [[], ["ROUTE-02"]]


def test_moving_down_with_the_declaration_keeps_it():
    row = row_of([registered(LARGER)], scheme_code=MOVE_DOWN, is_declared=DECLARED)

    assert (codes(row), row.registration.follows, row.registration.is_declared) == ([], 7, True)
    assert prices(row) == [(PriceKind.MOVING_DOWN, None)]


@pytest.mark.parametrize("registrations", [[], [registered(OF_2012, IT)]])
def test_route_03_a_re_entry_needs_an_earlier_full_award_of_its_subject(registrations):
    row = row_of(registrations, scheme_code=RE_ENTRY)

    assert codes(row) == ["ROUTE-03"]
    assert "Business, Level 3, 2016 suite" in row.refusals[0].sentence


@pytest.mark.parametrize("is_live", [True, False])
@pytest.mark.parametrize("code", [FULL, LARGER])
def test_a_re_entry_follows_an_earlier_full_award_whatever_became_of_it(code, is_live):
    assert row_of([registered(code, is_live=is_live)], scheme_code=RE_ENTRY).registration.follows == 7


def test_twice_01_the_second_row_that_registers_somebody_names_the_first():
    first, second = judged([typed(), typed(own_reference="again")])

    assert (codes(first), codes(second)) == ([], ["TWICE-01"])
    assert second.refusals[0].sentence.startswith("Row 2 registers the same candidate for 05834.")


def test_twice_01_a_top_up_and_the_full_award_that_it_leads_to_are_one():
    rows = judged(
        [typed(scheme_code=TOP_UP), typed(scheme_code=LARGER)], facts(known=[ANN], registered={1: [registered()]})
    )

    assert [codes(row) for row in rows] == [[], ["TWICE-01"]]


def test_what_stands_entered_may_be_in_a_file_twice():
    rows = judged([typed(), typed()], facts(known=[ANN], registered={1: [registered()]}))

    assert [(row.already, codes(row)) for row in rows] == [("CT000007", [])] * 2


def test_twice_03_one_full_award_is_topped_up_once_in_a_file():
    rows = judged(
        [typed(scheme_code=TOP_UP), typed(scheme_code=OTHER_TOP_UP), typed(scheme_code=RE_ENTRY)],
        facts(known=[ANN], registered={1: [registered()]}),
    )

    assert [codes(row) for row in rows] == [[], ["TWICE-03"], ["TWICE-03"]]
    assert [bool(row.registration) for row in rows] == [True, False, False]
    assert rows[2].refusals[0].sentence.startswith("Row 2 tops up")


@pytest.mark.parametrize("first", [0, 1])
def test_both_01_in_a_file_the_later_of_full_award_and_units_is_refused(first):
    rows = [typed(scheme_code=OF_2012), units("1", scheme_code=OF_2012_TOO)]

    found = judged([rows[first], rows[1 - first]])

    assert [codes(row) for row in found] == [[], ["BOTH-01"]]
    assert "(row 2)" in found[1].refusals[0].sentence


def test_both_01_units_are_refused_where_a_full_award_stands():
    by = facts(known=[ANN], registered={1: [registered(OF_2012, IT)]})

    [row] = judged([units("1", scheme_code=OF_2012_TOO)], by)

    assert codes(row) == ["BOTH-01"]
    assert "(CT000007)" in row.refusals[0].sentence


def test_both_01_a_full_award_that_does_not_stand_holds_nothing_up():
    by = facts(known=[ANN], registered={1: [registered(OF_2012, IT, is_live=False)]})

    assert codes(judged([units("1", scheme_code=OF_2012)], by)[0]) == []


def test_both_01_the_2016_suite_has_both():
    assert [codes(row) for row in judged([typed(), units("1"), typed(scheme_code=LARGER)])] == [[], [], []]


def test_both_01_another_candidate_of_the_file_is_not_meant():
    rows = judged([typed(scheme_code=OF_2012), units("1", scheme_code=OF_2012, last_name="Bell")])

    assert [codes(row) for row in rows] == [[], []]


def test_series_04_without_the_years_registrations_nothing_is_registered():
    assert registrations_are_set_up(REGISTRATIONS) is None
    assert registrations_are_set_up(None).code == "SERIES-04"
    assert judged([typed()], facts(registrations=None))[0].registration is None


def test_approval_05_a_centre_without_any_approval_enters_nothing():
    assert centre_is_approved_for_something(True) is None
    assert centre_is_approved_for_something(False).code == "APPROVAL-05"


@pytest.mark.parametrize(
    ("level", "year", "day"), [(2, 2030, date(2031, 8, 31)), (3, 2030, date(2032, 8, 31)), (4, 2030, None)]
)
def test_a_course_is_expected_to_take_one_year_at_level_2_and_two_at_level_3(level, year, day):
    assert completion_date(level, year) == day


def test_the_price_of_the_code_counts_before_that_of_its_level_and_of_all():
    of_all = PriceRow(PriceKind.REGISTRATION, 100)
    of_level, of_code = PriceRow(PriceKind.REGISTRATION, 200, level=3), PriceRow(PriceKind.REGISTRATION, 300, code=FULL)

    for table, amount in (
        ([of_code, of_level, of_all], 300), ([of_level, of_all], 200), ([of_all], 100), ([], None),
    ):  # fmt: skip
        assert prices(judged([typed()], facts(prices=PriceTable(table)))[0]) == [(PriceKind.REGISTRATION, amount)]


def test_a_price_that_there_is_not_is_on_invoice_and_never_nothing():
    assert PRICES.price(PriceKind.RE_ENTRY, RE_ENTRY, 3).amount is None
