"""Unit entries: registration first, attempts, resits, lateness, and what they cost (decision 0018)."""

from datetime import UTC, date, datetime, timedelta

import pytest

from technicals.enums import PriceKind
from technicals.rules.facts import Registered, UnitEntered
from tests.technicals.facts import (
    AT,
    BUSINESS,
    FULL,
    IT,
    JANUARY,
    JUNE,
    LARGER,
    LEVEL_2,
    OF_2012,
    OVER,
    REGISTRATIONS,
    SPORT,
    TOP_UP,
    UCIS,
    codes,
    facts,
    judged,
    known,
    prices,
    typed,
    units,
)

ANN = known(1, uci=UCIS[0], ocr_number="12345678")
LIVE = [Registered(number, code, BUSINESS, "CT000007") for number, code in ((7, FULL), (8, LARGER))]
SPORTS = Registered(9, LEVEL_2, SPORT, "CT000007")
PAST = date(2030, 8, 15)
LATE = JANUARY.window.ends_at


def entered(unit=101, series=OVER.id, code=FULL, results_on=PAST, is_live=False, is_attempt=True, reference="CT000003"):
    return UnitEntered(unit, series, code, reference, is_live, is_attempt, results_on)


def entered_elsewhere(series, **more):
    return entered(series=series, code="", reference="", **more)


def standing(*entries, elsewhere=(), **more):
    """Ann is registered for two sizes and Level 2 Sport; these entries stand or stood."""
    keys = {("uci", UCIS[0]): list(elsewhere)}
    given = {"known": [ANN], "registered": {1: [*LIVE, SPORTS]}, "entered": {1: list(entries)}}
    return facts(**(given | {"entered_elsewhere": keys} | more))


def row_of(by, *numbers, **cells):
    [row] = judged([units(*numbers or ("1",), **cells)], by)
    return row


def test_a_first_entry_is_part_of_the_registration():
    row = row_of(standing())

    assert (codes(row), prices(row), row.notices) == ([], [], [])
    [entry] = row.unit_entries
    assert (entry.attempt, entry.is_late, entry.series) == (1, False, JANUARY)


def test_reg_01_without_a_registration_under_the_same_code_there_is_no_unit_entry():
    for registered in ({}, {1: LIVE[1:]}, {1: [Registered(7, FULL, BUSINESS, "CT1", is_live=False)]}):
        assert codes(row_of(standing(registered=registered))) == ["REG-01"]


def test_reg_01_a_registration_that_was_topped_up_counts_under_its_new_code():
    topped_up = {1: [Registered(7, LARGER, BUSINESS, "CT1"), Registered(6, FULL, BUSINESS, "CT0", is_live=False)]}

    assert codes(row_of(standing(registered=topped_up))) == ["REG-01"]
    assert codes(row_of(standing(registered=topped_up), scheme_code=LARGER)) == []


def test_reg_01_a_top_up_in_the_same_file_counts_under_its_new_code():
    rows = judged([units("1", scheme_code=LARGER), typed(scheme_code=TOP_UP)], standing(registered={1: LIVE[:1]}))

    assert [codes(row) for row in rows] == [[], []]


def test_reg_01_the_2012_suite_needs_none():
    assert codes(judged([units("1", scheme_code=OF_2012)])[0]) == []


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_reg_01_a_registration_anywhere_in_the_file_comes_first(order):
    rows = [typed(), units("1")]

    assert [codes(row) for row in judged([rows[place] for place in order])] == [[], []]


def test_reg_01_the_registration_of_another_candidate_does_not_count():
    assert codes(judged([typed(last_name="Bell"), units("1")])[1]) == ["REG-01"]


def test_reg_02_a_registration_row_that_fails_is_named():
    rows = judged([units("1"), typed(centre_number="1")])

    assert [codes(row) for row in rows] == [["REG-02"], ["ROW-01"]]
    assert rows[0].refusals[0].sentence.startswith("Row 3 registers this candidate for 05834: mend that row first")
    assert rows[0].refusals[0].field == ""


def test_reg_02_units_of_the_2012_suite_need_no_registration():
    rows = judged([units("1", scheme_code=OF_2012), typed(scheme_code=OF_2012)])

    assert [codes(row) for row in rows] == [[], ["BOTH-01"]]


def test_reg_02_the_question_who_it_is_holds_the_units_up_too():
    by = facts(known=[ANN])

    rows = judged([typed(uci=UCIS[1]), units("1")], by)

    assert [codes(row) for row in rows] == [["IDENTITY-02"], ["REG-02"]]


@pytest.mark.parametrize(("code", "most"), [(FULL, 3), (LEVEL_2, 2)])
def test_try_01_three_attempts_at_level_3_and_two_at_level_2(code, most):
    unit = 301 if code == LEVEL_2 else 101
    attempts = [entered(unit, series) for series in range(50, 50 + most)]

    last = row_of(standing(*attempts[1:]), scheme_code=code)
    over = row_of(standing(*attempts), scheme_code=code)

    assert ([entry.attempt for entry in last.unit_entries], codes(last)) == ([most], [])
    assert [(each.code, each.field) for each in over.refusals] == [("TRY-01", "unit_1")]
    assert f"has used all {most} attempts" in over.refusals[0].sentence
    assert over.unit_entries == []


def test_try_01_attempts_are_counted_across_codes_and_not_across_units():
    attempts = [entered(code=LARGER, series=series) for series in (50, 51, 52)]

    row = row_of(standing(*attempts), "1", "2")

    assert [(each.code, each.field) for each in row.refusals] == [("TRY-01", "unit_1")]
    assert [entry.unit.number for entry in row.unit_entries] == [2]


@pytest.mark.parametrize("name", ["uci", "ocr_number"])
def test_try_01_attempts_at_other_centres_are_found_by_uci_and_ocr_number(name):
    elsewhere = {(name, getattr(ANN.person, name)): [entered_elsewhere(series) for series in (50, 51, 52)]}

    assert codes(row_of(standing(entered_elsewhere=elsewhere))) == ["TRY-01"]


def test_an_attempt_elsewhere_that_is_found_by_both_counts_once():
    one = [entered_elsewhere(50)]
    elsewhere = {("uci", UCIS[0]): one, ("ocr_number", "12345678"): one}

    assert [entry.attempt for entry in row_of(standing(entered_elsewhere=elsewhere)).unit_entries] == [2]


def test_attempts_elsewhere_are_found_for_somebody_new_by_the_uci_in_the_row():
    by = facts(entered_elsewhere={("uci", UCIS[1]): [entered_elsewhere(50)]})

    [_, row] = judged([typed(uci=UCIS[1]), units("1", uci=UCIS[1])], by)

    assert prices(row) == [(PriceKind.RESIT, 2500)]


def test_an_absence_does_not_count_and_is_charged_all_the_same():
    row = row_of(standing(*[entered(series=series, is_attempt=False) for series in (50, 51, 52)]))

    assert [entry.attempt for entry in row.unit_entries] == [1]
    assert prices(row) == [(PriceKind.RESIT, 2500)]
    assert row.notices == ["Unit 1 was entered before: this is attempt 1, charged as a resit."]


def test_a_resit_is_told_and_charged():
    row = row_of(standing(entered()))

    assert (prices(row), [entry.attempt for entry in row.unit_entries]) == ([(PriceKind.RESIT, 2500)], [2])
    assert row.notices == ["Unit 1 was entered before: this is attempt 2, charged as a resit."]


@pytest.mark.parametrize(
    ("results_on", "is_told"), [(AT.date(), False), (AT.date() + timedelta(days=1), True), (None, True)]
)
def test_a_result_that_is_not_out_is_told_and_blocks_nothing(results_on, is_told):
    row = row_of(standing(entered(results_on=results_on)))

    assert codes(row) == []
    assert ("The result of an earlier entry for unit 1 is not known yet." in row.notices) == is_told


def test_two_series_in_one_file_are_two_attempts():
    first, second = judged(
        [units("1"), units("1", series="June 2031")], standing(entered(series=50), entered(series=51))
    )

    assert (codes(first), codes(second)) == ([], ["TRY-01"])


def test_a_unit_that_stands_in_the_series_is_entered_already():
    row = row_of(standing(entered(series=JANUARY.id, is_live=True)))

    assert (row.already, codes(row), row.charges, row.notices) == ("CT000003", [], [], [])


def test_a_unit_that_stands_under_another_code_is_entered_already_too():
    assert row_of(standing(entered(series=JANUARY.id, code=LARGER, is_live=True))).already == "CT000003"


def test_of_a_row_that_stands_in_part_the_rest_is_entered():
    row = row_of(standing(entered(series=JANUARY.id, is_live=True)), "1", "2")

    assert (row.already, [entry.unit.number for entry in row.unit_entries]) == ("", [2])
    assert row.notices == ["Unit 1 is entered already (CT000003) and is not entered again."]


def test_a_row_whose_units_stand_and_that_has_something_to_mend_is_mended_first():
    row = row_of(standing(entered(series=JANUARY.id, is_live=True)), "1", "99")

    assert (row.already, codes(row)) == ("", ["UNIT-03"])


def test_the_same_unit_in_another_series_is_another_entry():
    row = row_of(standing(entered(series=JANUARY.id, is_live=True, results_on=None)), series="June 2031")

    assert [(entry.series, entry.attempt) for entry in row.unit_entries] == [(JUNE, 2)]


def test_twice_02_a_unit_stands_once_in_a_file_for_a_candidate_and_series_under_whichever_code():
    rows = judged([units("1"), units("2", "1", scheme_code=LARGER)], standing())

    assert codes(rows[0]) == []
    assert [(each.code, each.field) for each in rows[1].refusals] == [("TWICE-02", "unit_2")]
    assert rows[1].refusals[0].sentence.startswith("Row 2 enters the same candidate for unit 1 in January 2031.")


@pytest.mark.parametrize(
    ("at", "is_late"),
    [(LATE - timedelta(seconds=1), False), (LATE, True), (JANUARY.late.ends_at - timedelta(seconds=1), True)],
)
def test_an_entry_after_the_deadline_is_late_and_charged(at, is_late):
    row = row_of(standing(at=at, today=at.date()))

    assert ([entry.is_late for entry in row.unit_entries], row.is_late) == ([is_late], is_late)
    assert prices(row) == ([(PriceKind.LATE, 1200)] if is_late else [])


def test_a_late_resit_is_charged_as_both():
    row = row_of(standing(entered(), at=LATE, today=LATE.date()))

    assert prices(row) == [(PriceKind.RESIT, 2500), (PriceKind.LATE, 1200)]


def test_late_and_refused_units_are_not_planned_and_cost_nothing():
    row = row_of(standing(at=LATE, today=LATE.date()), "3")

    assert (codes(row), row.charges) == (["SERIES-03"], [])


def test_units_of_2012_have_a_price_each_and_no_limit():
    before = [entered(201, series, OF_2012) for series in range(50, 56)]
    by = facts(known=[ANN], entered={1: before})

    [row] = judged([units("1", "2", scheme_code=OF_2012)], by)

    assert (codes(row), row.notices) == ([], [])
    assert prices(row) == [(PriceKind.UNIT, 900)] * 2


def test_units_of_2012_that_stand_in_the_years_set_are_entered_already():
    by = facts(known=[ANN], entered={1: [entered(201, REGISTRATIONS.id, OF_2012, is_live=True)]})

    assert judged([units("1", scheme_code=OF_2012)], by)[0].already == "CT000003"


def test_both_01_a_full_award_is_refused_where_units_of_the_family_stand():
    by = facts(known=[ANN], entered={1: [entered(201, REGISTRATIONS.id, OF_2012, is_live=True)]})

    [row] = judged([typed(scheme_code="05349")], by)

    assert codes(row) == ["BOTH-01"]
    assert IT[0] in row.refusals[0].sentence


@pytest.mark.parametrize(("before", "is_told"), [(timedelta(hours=47, minutes=59), True), (timedelta(days=2), False)])
def test_a_registration_two_days_before_the_deadline_is_told_and_never_blocked(before, is_told):
    at = JANUARY.window.ends_at - before
    told = "The registration is made within two days of the entry deadline of January 2031."

    [_, row] = judged([typed(), units("1")], facts(at=at, today=at.date()))

    assert codes(row) == []
    assert (told in row.notices) == is_told


def test_an_earlier_registration_is_no_short_notice():
    at = datetime(2030, 10, 21, 12, tzinfo=UTC)

    assert row_of(standing(at=at, today=at.date())).notices == []
