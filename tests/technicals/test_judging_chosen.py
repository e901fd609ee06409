"""Rows of which it is known whom they are about, and entry codes whose registration is being withdrawn."""

import pytest

from technicals.rules.facts import TRANSFERRED, Registered, UnitEntered
from technicals.rules.judging import judge_file
from tests.technicals.facts import (
    BUSINESS,
    FULL,
    IT,
    LARGER,
    MOVE_DOWN,
    OF_2012,
    OF_2012_TOO,
    OTHER_TOP_UP,
    OVER,
    RE_ENTRY,
    TOP_UP,
    UCIS,
    codes,
    facts,
    judged,
    known,
    typed,
    units,
)

ANN, ALIKE = known(1), known(2)
PENDING = Registered(7, FULL, BUSINESS, "CT000007", is_live=False, is_withdrawing=True)
PENDING_2012 = Registered(9, OF_2012, IT, "CT000009", is_live=False, is_withdrawing=True)


def judged_for(chosen, rows, by):
    """The rows of a form, numbered from 1, each about the candidate who was chosen for it."""
    return judge_file(enumerate(rows, start=1), by, chosen=chosen)


def those(rows):
    return [row.who for row in rows]


def test_somebody_who_is_chosen_is_not_looked_for():
    by = facts(known=[ANN, ALIKE])

    looked_for = judged([typed()], by)
    chosen = judged_for({1: 2}, [typed()], by)

    assert [codes(row) for row in (*looked_for, *chosen)] == [["IDENTITY-03"], []]
    assert those(chosen) == [("known", 2)]


def test_the_record_of_somebody_who_is_chosen_is_not_changed():
    [row] = judged_for({1: 1}, [typed(uci=UCIS[0], gender="M")], facts(known=[ANN]))

    assert (row.finding.person, row.finding.is_change, row.finding.notices) == (ANN.person, False, ())


def test_two_who_are_chosen_stay_two_though_their_records_say_the_same():
    rows = judged_for({1: 1, 2: 2}, [typed(), typed()], facts(known=[ANN, ALIKE]))

    assert [codes(row) for row in rows] == [[], []]
    assert those(rows) == [("known", 1), ("known", 2)]


def test_somebody_chosen_who_is_no_candidate_of_the_centre_any_more_is_looked_for():
    assert those(judged_for({1: 99}, [typed()], facts(known=[ANN]))) == [("known", 1)]


def test_rows_for_which_nobody_is_chosen_are_looked_for():
    bell = known(3, last_name="Bell")

    rows = judged_for({1: 1}, [typed(), typed(last_name="Bell")], facts(known=[ANN, bell]))

    assert those(rows) == [("known", 1), ("known", 3)]


def test_what_is_wrong_with_the_record_of_somebody_chosen_is_told():
    [row] = judged_for({1: 1}, [typed(first_name="", gender="")], facts(known=[ANN]))

    assert codes(row) == ["NAME-01", "GENDER-02"]
    assert row.registration is None


def test_attempts_of_somebody_chosen_are_found_by_the_transfer():
    elsewhere = [UnitEntered(101, series, is_live=False) for series in (50, 51, OVER.id)]
    live = {1: [Registered(7, FULL, BUSINESS, "CT000007")], 2: [Registered(8, FULL, BUSINESS, "CT000008")]}
    by = facts(known=[ANN, ALIKE], registered=live, entered_elsewhere={(TRANSFERRED, "1"): elsewhere})

    rows = judged_for({1: 1, 2: 2}, [units("1"), units("1")], by)

    assert [codes(row) for row in rows] == [["TRY-01"], []]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (typed(), ["REG-03"]),
        (units("1"), ["REG-03"]),
        (typed(scheme_code=TOP_UP), ["REG-03"]),
        (typed(scheme_code=OTHER_TOP_UP), ["REG-03"]),
        (typed(scheme_code=MOVE_DOWN), ["REG-03"]),
        (typed(scheme_code=LARGER), []),
        (units("1", scheme_code=LARGER), ["REG-01"]),
    ],
    ids=["full award", "unit", "top-up", "another top-up", "moving down to it", "another size", "unit of another size"],
)
def test_reg_03_under_a_code_whose_registration_is_being_withdrawn_nothing_is_entered(row, expected):
    [found] = judged([row], facts(known=[ANN], registered={1: [PENDING]}))

    assert codes(found) == expected
    assert (found.registration is not None) == (not expected)


def test_reg_03_names_the_registration_and_the_way_out():
    [row] = judged([units("1")], facts(known=[ANN], registered={1: [PENDING]}))

    assert (row.refusals[0].field, row.refusals[0].sentence) == (
        "scheme_code",
        f"The registration for {FULL} (CT000007) is being withdrawn. Undo its withdrawal first, on the candidate's "
        "page.",
    )


def test_reg_03_a_re_entry_does_not_follow_a_registration_that_is_being_withdrawn():
    alone = facts(known=[ANN], registered={1: [PENDING]})
    beside = facts(known=[ANN], registered={1: [PENDING, Registered(6, LARGER, BUSINESS, "CT000006")]})

    rows = [judged([typed(scheme_code=RE_ENTRY)], by)[0] for by in (alone, beside)]

    assert [codes(row) for row in rows] == [["REG-03"], []]
    assert rows[1].registration.follows == 6


@pytest.mark.parametrize("code", [TOP_UP, OTHER_TOP_UP])
def test_route_04_what_a_re_entry_renewed_is_not_topped_up(code):
    renewed = Registered(7, FULL, BUSINESS, "CT000007", followed_by="CT000008")
    re_entry = Registered(8, RE_ENTRY, BUSINESS, "CT000008")

    [row] = judged([typed(scheme_code=code)], facts(known=[ANN], registered={1: [re_entry, renewed]}))

    assert [(each.code, each.field, each.sentence) for each in row.refusals] == [
        (
            "ROUTE-04",
            "scheme_code",
            "The full award entry under 05834 (CT000007) was renewed by a re-entry (CT000008). Withdraw the re-entry "
            "first, or ask OCR.",
        )
    ]
    assert row.registration is None


def test_a_re_entry_follows_the_end_of_a_chain():
    chain = [
        Registered(8, LARGER, BUSINESS, "CT000008"),
        Registered(7, FULL, BUSINESS, "CT000007", False, False, "CT8"),
    ]

    followed = [
        judged([typed(scheme_code=RE_ENTRY)], facts(known=[ANN], registered={1: order}))[0].registration.follows
        for order in (chain, chain[::-1])
    ]

    assert followed == [8, 8]


def test_reg_03_one_that_stands_beside_a_pending_one_of_another_code_is_entered_already():
    by = facts(known=[ANN], registered={1: [PENDING, Registered(8, LARGER, BUSINESS, "CT000008")]})

    assert [judged([typed(scheme_code=LARGER)], by)[0].already] == ["CT000008"]


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (typed(scheme_code=OF_2012), ["REG-03"]),
        (units("1", scheme_code=OF_2012), ["REG-03", "BOTH-01"]),
        (units("1", scheme_code=OF_2012_TOO), ["BOTH-01"]),
        (typed(scheme_code=OF_2012_TOO), []),
    ],
    ids=["full award", "units", "units under another code", "full award of another size"],
)
def test_both_01_a_full_award_that_is_being_withdrawn_still_stands_in_the_2012_suite(row, expected):
    [found] = judged([row], facts(known=[ANN], registered={1: [PENDING_2012]}))

    assert codes(found) == expected
