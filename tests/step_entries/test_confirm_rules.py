"""The table of moves, and CONFIRM-01 to CONFIRM-03."""

from itertools import product

import pytest

from core.refusals import Refusal
from step_entries.enums import LIVE, Combination, EntryStatus, Paper
from step_entries.rules.amending import refusals_to_amend
from step_entries.rules.confirming import (
    ConfirmationFacts,
    entry_awaits_confirmation,
    entry_is_not_held,
    refusals_to_confirm,
    session_has_the_papers,
)
from step_entries.rules.moves import MOVES
from step_entries.rules.withdrawing import refusals_to_restore, refusals_to_withdraw
from tests.step_entries.rule_facts import codes, facts, to_change

# --- moves ------------------------------------------------------------------------------------------------------------


LEADS_TO = {
    ("not-yet-confirmed", "confirm"): "confirmed",
    ("confirmed", "confirm"): None,
    ("withdrawn", "confirm"): None,
    ("not-yet-confirmed", "amend"): "not-yet-confirmed",
    ("confirmed", "amend"): "not-yet-confirmed",
    ("withdrawn", "amend"): None,
    ("not-yet-confirmed", "withdraw"): "withdrawn",
    ("confirmed", "withdraw"): "withdrawn",
    ("withdrawn", "withdraw"): None,
    ("not-yet-confirmed", "restore"): None,
    ("confirmed", "restore"): None,
    ("withdrawn", "restore"): "not-yet-confirmed",
}
"""Every status by every act: where it leads, or None where the act is refused."""
JUDGES = {
    "confirm": lambda status: refusals_to_confirm(to_confirm(status=status)),
    "amend": lambda status: refusals_to_amend(to_change(status=status), facts()),
    "withdraw": lambda status: refusals_to_withdraw(to_change(status=status)),
    "restore": lambda status: refusals_to_restore(to_change(status=status), facts()),
}


def to_confirm(**changes):
    """Facts of an entry that can be confirmed, with changes."""
    right = {
        "status": EntryStatus.NOT_YET_CONFIRMED,
        "held_reason": None,
        "papers": Combination.BOTH,
        "session_papers": Paper.values,
    }
    return ConfirmationFacts(**(right | changes))


def test_the_table_has_every_status_by_every_act():
    assert set(LEADS_TO) == set(product(EntryStatus.values, MOVES))
    assert set(JUDGES) == set(MOVES)


@pytest.mark.parametrize(("status", "act"), LEADS_TO)
def test_an_act_leads_where_the_table_says_and_is_refused_elsewhere(status, act):
    sources, target = MOVES[act]

    assert (target.value if status in sources else None) == LEADS_TO[status, act]
    assert (JUDGES[act](status) == []) == (LEADS_TO[status, act] is not None)


def test_withdrawn_entries_alone_are_not_live():
    assert set(EntryStatus) - set(LIVE) == {EntryStatus.WITHDRAWN}


# --- CONFIRM-01 to CONFIRM-03 -----------------------------------------------------------------------------------------


def test_confirm_01_an_entry_not_yet_confirmed_is_accepted():
    assert entry_awaits_confirmation(to_confirm(status="not-yet-confirmed")) is None


@pytest.mark.parametrize("status", ["confirmed", "withdrawn"])
def test_confirm_01_any_other_entry_is_refused(status):
    assert entry_awaits_confirmation(to_confirm(status=status)) == Refusal(
        "CONFIRM-01", "The entry does not await confirmation."
    )


def test_confirm_02_an_entry_that_nobody_holds_is_accepted():
    assert entry_is_not_held(to_confirm(held_reason=None)) is None


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        ("Same person twice", "Staff hold this entry: Same person twice."),
        ("", "Staff hold this entry: no reason given."),
    ],
)
def test_confirm_02_a_held_entry_is_refused_with_the_reason(reason, sentence):
    assert entry_is_not_held(to_confirm(held_reason=reason)) == Refusal("CONFIRM-02", sentence)


@pytest.mark.parametrize(
    ("papers", "session_papers"),
    [
        (Combination.STEP_2, ["step-2"]),
        (Combination.STEP_3, ["step-2", "step-3"]),
        (Combination.BOTH, ["step-3", "step-2"]),
    ],
)
def test_confirm_03_an_entry_for_papers_of_the_session_is_accepted(papers, session_papers):
    assert session_has_the_papers(to_confirm(papers=papers, session_papers=session_papers)) is None


@pytest.mark.parametrize(
    ("papers", "session_papers", "missing"),
    [
        (Combination.STEP_2, ["step-3"], "STEP 2"),
        (Combination.BOTH, ["step-2"], "STEP 3"),
        (Combination.BOTH, [], "STEP 2 and STEP 3"),
    ],
)
def test_confirm_03_an_entry_for_a_paper_that_the_session_has_not_is_refused(papers, session_papers, missing):
    assert session_has_the_papers(to_confirm(papers=papers, session_papers=session_papers)) == Refusal(
        "CONFIRM-03", f"The session does not have {missing}."
    )


def test_an_entry_is_told_every_reason_against_confirming_it():
    wrong = to_confirm(status="withdrawn", held_reason="Check", session_papers=[])

    assert codes(refusals_to_confirm(wrong)) == ["CONFIRM-01", "CONFIRM-02", "CONFIRM-03"]
    assert refusals_to_confirm(to_confirm()) == []
