"""The laws of amending, withdrawing and bringing back."""

from datetime import datetime, timedelta

import pytest

from core.moments import UK
from core.refusals import Refusal
from step_entries.rules.amending import (
    amended_entry_is_as_seen,
    amended_entry_is_live,
    amendments_are_open,
    person_may_change_entries,
    refusals_to_amend,
    refusals_to_open_amendment,
)
from step_entries.rules.facts import LastChange
from step_entries.rules.withdrawing import (
    candidate_is_not_entered_anew,
    refusals_to_open_restoring,
    refusals_to_restore,
    refusals_to_withdraw,
    restored_entry_is_withdrawn,
    restoring_is_open,
    withdrawals_are_open,
    withdrawn_entry_is_as_seen,
    withdrawn_entry_was_live,
)
from tests.step_entries.rule_facts import CLOSES_AT, CONTACT, OPENS_AT, TICK, codes, entered, facts, to_change

CLOSED_AT = CLOSES_AT + timedelta(minutes=1)
WINDOWS = [amendments_are_open, withdrawals_are_open, restoring_is_open]
CLOSED = "Registration closed on 4 May 2027, 23:59 (BST)."
TOO_LATE = "Your request reached us on 5 May 2027, 00:00:00 (BST): the entry is unchanged."
AMENDMENT_FORM = "To change the entry, select “Submit entry amendment” in its Action list."
WITHDRAWAL_FORM = "To withdraw the entry, select “Submit withdrawal request” in its Action list."


@pytest.mark.parametrize("rule", WINDOWS)
@pytest.mark.parametrize("at", [OPENS_AT, CLOSES_AT, CLOSED_AT - TICK])
def test_an_entry_is_changed_from_the_opening_to_the_end_of_the_closing_minute(rule, at):
    assert rule(to_change(at=at)) is None


def test_amend_01_after_closing_the_sentence_says_when_it_closed_when_the_request_came_and_which_form_to_use():
    refusal = Refusal("AMEND-01", f"{CLOSED} {TOO_LATE} {AMENDMENT_FORM}")

    assert amendments_are_open(to_change(at=CLOSED_AT)) == refusal


def test_amend_01_where_nothing_was_sent_there_is_no_arrival_to_tell():
    refusal = Refusal("AMEND-01", f"{CLOSED} {AMENDMENT_FORM}")

    assert amendments_are_open(to_change(at=CLOSED_AT, seen=None)) == refusal


def test_amend_01_before_the_opening_the_sentence_says_when_it_opens():
    refusal = Refusal("AMEND-01", f"Registration opens on 1 March 2027, 00:00 (GMT). {CONTACT}")

    assert amendments_are_open(to_change(at=OPENS_AT - TICK)) == refusal


def test_withdraw_01_before_the_opening_there_is_no_form_to_point_to():
    refusal = Refusal("WITHDRAW-01", f"Registration opens on 1 March 2027, 00:00 (GMT). {CONTACT}")

    assert withdrawals_are_open(to_change(at=OPENS_AT - TICK)) == refusal


@pytest.mark.parametrize("rule", [amendments_are_open, withdrawals_are_open])
@pytest.mark.parametrize("at", [CLOSES_AT, CLOSED_AT, CLOSED_AT + timedelta(days=60)])
def test_what_the_step_team_grants_is_not_bound_to_the_window(rule, at):
    assert rule(to_change(at=at, is_granted=True)) is None


def test_restore_01_nobody_is_brought_back_after_closing_though_the_step_team_grants_it():
    refusals = refusals_to_restore(to_change(at=CLOSED_AT, status="withdrawn", is_granted=True), facts())

    assert codes(refusals) == ["RESTORE-01"]


@pytest.mark.parametrize("status", ["not-yet-confirmed", "confirmed"])
def test_amend_02_a_live_entry_is_accepted(status):
    assert amended_entry_is_live(to_change(status=status)) is None


def test_amend_02_a_withdrawn_entry_is_refused():
    assert amended_entry_is_live(to_change(status="withdrawn")) == Refusal(
        "AMEND-02", "This entry is withdrawn. To change it, undo the withdrawal first."
    )


def test_amend_03_somebody_who_may_only_look_is_refused_every_change():
    reader = to_change(may_change=False)
    withdrawn = to_change(may_change=False, status="withdrawn")

    assert person_may_change_entries(to_change()) is None
    assert codes(refusals_to_amend(reader, facts())) == ["AMEND-03"]
    assert codes(refusals_to_withdraw(reader)) == ["AMEND-03"]
    assert codes(refusals_to_restore(withdrawn, facts())) == ["AMEND-03"]


def test_amend_04_the_version_that_was_seen_is_accepted():
    assert amended_entry_is_as_seen(to_change(version=3, seen=3)) is None
    assert amended_entry_is_as_seen(to_change(version=3, seen=None)) is None


@pytest.mark.parametrize("seen", [0, 2, 4])
def test_amend_04_any_other_version_is_refused_with_who_changed_it_and_when(seen):
    assert amended_entry_is_as_seen(to_change(seen=seen)) == Refusal(
        "AMEND-04",
        "Priya Shah changed this entry at 10:42 (BST). Compare the two versions and choose which to keep.",
    )


def test_amend_04_a_change_of_another_day_is_told_with_its_day():
    yesterday = LastChange("The portal", "confirmed", datetime(2027, 4, 19, 23, 59, tzinfo=UK))

    sentence = amended_entry_is_as_seen(to_change(seen=2, last_change=yesterday)).sentence

    assert sentence.startswith("The portal confirmed this entry on 19 April 2027, 23:59 (BST). ")


def test_an_amendment_is_told_every_reason_against_it():
    wrong = to_change(at=CLOSED_AT, status="withdrawn", may_change=False, seen=1)

    assert codes(refusals_to_open_amendment(wrong)) == ["AMEND-01", "AMEND-02", "AMEND-03"]
    assert codes(refusals_to_amend(wrong, facts(last_name="", papers="", courses=()))) == [
        "AMEND-01",
        "AMEND-02",
        "AMEND-03",
        "NAME-01",
        "STEP-03",
        "STEP-04",
    ]


@pytest.mark.parametrize("wrong", [{"at": CLOSED_AT}, {"status": "withdrawn"}, {"may_change": False}])
def test_which_version_to_keep_is_asked_only_where_one_can_be_kept(wrong):
    assert codes(refusals_to_amend(to_change(seen=1), facts())) == ["AMEND-04"]
    assert "AMEND-04" not in codes(refusals_to_amend(to_change(seen=1, **wrong), facts()))
    assert codes(refusals_to_withdraw(to_change(seen=1))) == ["WITHDRAW-03"]
    assert "WITHDRAW-03" not in codes(refusals_to_withdraw(to_change(seen=1, **wrong)))


def test_an_amendment_needs_no_approval_of_the_centre():
    assert refusals_to_amend(to_change(), facts(is_approved=False)) == []


def test_an_entry_that_keeps_its_name_and_date_of_birth_is_not_asked_about_its_namesakes_again():
    beside_a_namesake = {"possible_duplicates": (entered(),)}

    assert codes(refusals_to_amend(to_change(), facts(**beside_a_namesake))) == ["STEP-05"]
    assert refusals_to_amend(to_change(), facts(**beside_a_namesake, was_asked_before=True)) == []


def test_an_entry_that_keeps_its_name_is_refused_the_ucas_id_of_another_all_the_same():
    same_id = facts(possible_duplicates=(entered(ucas_id="1234567890"),), was_asked_before=True)

    assert codes(refusals_to_amend(to_change(), same_id)) == ["STEP-06"]


def test_withdraw_01_after_closing_the_sentence_says_so_with_both_moments_and_points_to_the_form():
    refusal = Refusal("WITHDRAW-01", f"{CLOSED} {TOO_LATE} {WITHDRAWAL_FORM}")

    assert withdrawals_are_open(to_change(at=CLOSED_AT)) == refusal


def test_withdraw_02_a_withdrawn_entry_is_refused():
    assert withdrawn_entry_was_live(to_change(status="confirmed")) is None
    assert withdrawn_entry_was_live(to_change(status="withdrawn")) == Refusal(
        "WITHDRAW-02", "This entry is withdrawn already."
    )


def test_withdraw_03_another_version_than_the_one_seen_is_refused():
    assert withdrawn_entry_is_as_seen(to_change()) is None
    assert withdrawn_entry_is_as_seen(to_change(seen=2)) == Refusal(
        "WITHDRAW-03",
        "Priya Shah changed this entry at 10:42 (BST). Look at it again before you withdraw it.",
    )


def test_a_withdrawal_is_told_every_reason_against_it():
    wrong = to_change(at=CLOSED_AT, status="withdrawn", may_change=False, seen=1)

    assert codes(refusals_to_withdraw(wrong)) == ["WITHDRAW-01", "WITHDRAW-02", "AMEND-03"]


def test_restore_01_after_closing_nobody_is_entered_again():
    assert restoring_is_open(to_change(at=CLOSED_AT)) == Refusal(
        "RESTORE-01", f"{CLOSED} {TOO_LATE} A withdrawn candidate cannot be entered again now. {CONTACT}"
    )


@pytest.mark.parametrize("status", ["not-yet-confirmed", "confirmed"])
def test_restore_02_a_live_entry_is_refused(status):
    assert restored_entry_is_withdrawn(to_change(status="withdrawn")) is None
    assert restored_entry_is_withdrawn(to_change(status=status)) == Refusal(
        "RESTORE-02", "This entry is not withdrawn."
    )


def test_restore_03_a_newer_entry_of_the_same_candidate_refuses():
    assert candidate_is_not_entered_anew(to_change()) is None
    assert candidate_is_not_entered_anew(to_change(entered_anew_as="S00007")) == Refusal(
        "RESTORE-03",
        "The candidate was entered again: S00007. Leave this entry withdrawn, or withdraw the other one first.",
        about="S00007",
    )


def test_bringing_back_is_judged_as_at_submit():
    namesake = facts(possible_duplicates=(entered(),))

    assert codes(refusals_to_restore(to_change(status="withdrawn"), namesake)) == ["STEP-05"]


def test_of_a_newer_entry_of_the_same_candidate_one_sentence_is_enough():
    newer = to_change(status="withdrawn", entered_anew_as="S00001")
    same = facts(possible_duplicates=(entered(number="S00001", ucas_id="1234567890"),))

    assert codes(refusals_to_restore(newer, same)) == ["RESTORE-03"]


def test_bringing_back_is_told_every_reason_against_it():
    wrong = to_change(at=CLOSED_AT, may_change=False, entered_anew_as="S00007")

    assert codes(refusals_to_open_restoring(wrong)) == ["RESTORE-01", "RESTORE-02", "AMEND-03", "RESTORE-03"]
