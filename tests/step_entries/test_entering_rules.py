"""STEP-01 to STEP-04 and STEP-08: when an entry can be made, and what it needs."""

from dataclasses import replace
from datetime import timedelta

import pytest

from candidates.rules.identity import Details
from core.refusals import Refusal
from step_entries.enums import PAPERS_OF, Combination, Paper
from step_entries.rules.entering import (
    a_course_is_chosen,
    centre_is_approved,
    other_course_is_ticked,
    papers_are_chosen,
    refusals_to_start,
    refusals_to_submit,
    registration_is_open,
)
from tests.step_entries.rule_facts import CLOSES_AT, CONTACT, OPENS_AT, TICK, codes, facts


def nothing_typed(**changes):
    """Facts of an entry that nobody has begun."""
    return replace(facts(**changes), details=Details(), person_key="", papers="", courses=())


# --- STEP-01 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("at", [OPENS_AT, CLOSES_AT - TICK, CLOSES_AT, CLOSES_AT + timedelta(minutes=1) - TICK])
def test_step_01_an_entry_from_the_opening_to_the_end_of_the_closing_minute_is_accepted(at):
    assert registration_is_open(facts(at=at)) is None
    assert refusals_to_submit(facts(at=at)) == []
    assert refusals_to_start(nothing_typed(at=at)) == []


def test_step_01_entry_before_the_opening_is_refused():
    assert registration_is_open(facts(at=OPENS_AT - TICK)) == Refusal(
        "STEP-01", "Registration opens on 1 March 2027, 00:00 (GMT). Your answers are saved."
    )


def test_step_01_entry_after_the_closing_minute_is_refused():
    assert registration_is_open(facts(at=CLOSES_AT + timedelta(seconds=67))) == Refusal(
        "STEP-01",
        "Registration closed on 4 May 2027, 23:59 (BST). Your request reached us on 5 May 2027, 00:00:07 (BST). "
        f"Your answers are saved and the candidate is not entered. {CONTACT}",
    )


def test_step_01_entry_at_the_first_moment_after_the_closing_minute_is_refused():
    at = CLOSES_AT + timedelta(minutes=1)

    assert codes(refusals_to_submit(facts(at=at))) == ["STEP-01"]
    assert codes(refusals_to_start(nothing_typed(at=at))) == ["STEP-01"]


@pytest.mark.parametrize(
    ("at", "sentence"),
    [
        (OPENS_AT - TICK, "Registration opens on 1 March 2027, 00:00 (GMT)."),
        (CLOSES_AT + timedelta(minutes=1), f"Registration closed on 4 May 2027, 23:59 (BST). {CONTACT}"),
    ],
)
def test_step_01_before_a_draft_begins_no_answers_are_said_to_be_saved(at, sentence):
    assert refusals_to_start(nothing_typed(at=at)) == [Refusal("STEP-01", sentence)]


def test_step_01_an_empty_draft_is_said_to_be_saved():
    empty = replace(nothing_typed(at=OPENS_AT - TICK), unread=(Refusal("DOB-01", "Enter the date.", "date_of_birth"),))

    refusal = registration_is_open(empty)

    assert refusal is not None
    assert refusal.sentence == "Registration opens on 1 March 2027, 00:00 (GMT). Your answers are saved."


# --- STEP-02 ----------------------------------------------------------------------------------------------------------


def test_step_02_an_approved_centre_is_accepted():
    assert centre_is_approved(facts(is_approved=True)) is None


def test_step_02_a_centre_without_approval_is_refused():
    assert centre_is_approved(facts(is_approved=False)) == Refusal(
        "STEP-02", f"Your centre is not approved to offer STEP. Your answers are saved. {CONTACT}"
    )


def test_step_02_without_approval_no_entry_is_begun():
    assert refusals_to_start(nothing_typed(is_approved=False)) == [
        Refusal("STEP-02", f"Your centre is not approved to offer STEP. {CONTACT}")
    ]


def test_a_centre_without_approval_after_closing_hears_both_reasons():
    late = {"at": CLOSES_AT + timedelta(minutes=1), "is_approved": False}

    assert codes(refusals_to_start(nothing_typed(**late))) == ["STEP-01", "STEP-02"]
    assert codes(refusals_to_submit(facts(**late))) == ["STEP-01", "STEP-02"]


# --- STEP-03 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("papers", "session_papers", "is_accepted"),
    [
        ("step-2", {"step-2", "step-3"}, True),
        ("step-3", {"step-2", "step-3"}, True),
        ("step-2-and-3", {"step-2", "step-3"}, True),
        ("step-2", {"step-2"}, True),
        ("step-3", {"step-2"}, False),
        ("step-2-and-3", {"step-2"}, False),
        ("step-2-and-3", {"step-3"}, False),
        ("step-2", set(), False),
        ("", {"step-2", "step-3"}, False),
        ("step-1", {"step-2", "step-3"}, False),
        ("STEP 2", {"step-2", "step-3"}, False),
    ],
)
def test_step_03_a_combination_is_accepted_when_the_session_has_all_its_papers(papers, session_papers, is_accepted):
    refusal = papers_are_chosen(facts(papers=papers, session_papers=frozenset(session_papers)))

    wanted = Refusal("STEP-03", "Select the papers that the candidate's UCAS offers name.", "papers")
    assert refusal == (None if is_accepted else wanted)


def test_every_combination_names_its_papers():
    assert PAPERS_OF == {
        Combination.STEP_2: (Paper.STEP_2,),
        Combination.STEP_3: (Paper.STEP_3,),
        Combination.BOTH: (Paper.STEP_2, Paper.STEP_3),
    }
    assert set(PAPERS_OF) == set(Combination)


# --- STEP-04 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("courses", "has_other_course"), [((1,), False), ((1, 2, 3), False), ((), True), ((1,), True)])
def test_step_04_one_course_or_other_is_enough(courses, has_other_course):
    assert a_course_is_chosen(facts(courses=courses, has_other_course=has_other_course)) is None


def test_step_04_no_course_and_not_other_is_refused():
    assert a_course_is_chosen(facts(courses=(), has_other_course=False, other_course="Sheffield")) == Refusal(
        "STEP-04", "Select at least one course or institution, or select Other.", "courses"
    )


@pytest.mark.parametrize(("has_other_course", "other_course"), [(True, "Oxford"), (True, ""), (False, "")])
def test_step_08_another_course_with_other_ticked_is_accepted(has_other_course, other_course):
    assert other_course_is_ticked(facts(has_other_course=has_other_course, other_course=other_course)) is None


def test_step_08_another_course_without_other_ticked_is_refused():
    refusal = other_course_is_ticked(facts(has_other_course=False, other_course="Oxford"))

    assert (refusal.code, refusal.field) == ("STEP-08", "has_other_course")
