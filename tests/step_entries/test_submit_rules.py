"""STEP-07, STEP-09, all refusals of Submit together, and its advice."""

from datetime import date, datetime, timedelta

import pytest

from core.moments import UK
from core.refusals import Refusal
from step_entries.enums import Combination
from step_entries.rules.entering import (
    advice_before_submit,
    answers_are_those_seen,
    refusals_to_start,
    refusals_to_submit,
)
from step_entries.rules.numbers import numbers_are_left
from tests.step_entries.rule_facts import CLOSES_AT, codes, entered, facts

# --- STEP-07 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("last", "wanted"), [(0, 1), (99_998, 1), (99_997, 2), (0, 99_999)])
def test_step_07_numbers_up_to_99999_are_left(last, wanted):
    assert numbers_are_left(last, wanted) is None


@pytest.mark.parametrize(("last", "wanted"), [(99_999, 1), (99_998, 2), (0, 100_000)])
def test_step_07_numbers_beyond_99999_are_refused(last, wanted):
    assert numbers_are_left(last, wanted) == Refusal(
        "STEP-07", "There are no entry numbers left, so the candidate is not entered. The STEP team has been told."
    )


# --- STEP-09 ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("seen", ["abc", None])
def test_step_09_the_answers_that_were_seen_are_accepted_and_so_is_an_act_that_showed_none(seen):
    assert answers_are_those_seen(seen, "abc") is None


@pytest.mark.parametrize("seen", ["abd", "", "ABC"])
def test_step_09_other_answers_than_those_seen_are_refused(seen):
    assert answers_are_those_seen(seen, "abc") == Refusal(
        "STEP-09", "This draft was changed after you opened this page. Check it again."
    )


# --- to submit --------------------------------------------------------------------------------------------------------


def test_right_facts_have_no_refusals():
    assert refusals_to_submit(facts()) == []
    assert refusals_to_start(facts()) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"first_name": ""}, ["NAME-01"]),
        ({"last_name": "Müller"}, []),
        ({"last_name": "Müller", "plain_names_only": True}, ["NAME-06"]),
        ({"gender": ""}, ["GENDER-01"]),
        ({"own_school": "=1"}, ["TEXT-02"]),
        ({"has_other_course": True, "other_course": "=1"}, ["TEXT-02"]),
        ({"has_other_course": True, "other_course": "x" * 101}, ["TEXT-01"]),
        ({"date_of_birth": date(2027, 4, 19)}, ["DOB-03"]),
        ({"date_of_birth": date(2027, 4, 20)}, ["DOB-02"]),
        ({"date_of_birth": date(2017, 6, 4)}, ["DOB-04"]),
        ({"date_of_birth": date(2017, 6, 4), "age_is_right_for": "2017-06-04"}, []),
        ({"date_of_birth": date(2017, 6, 4), "age_is_right_for": "2017-06-03"}, ["DOB-04"]),
        ({"has_one_name": True}, ["NAME-08"]),
        ({"unread": (Refusal("DOB-01", "No date.", "date_of_birth"),), "date_of_birth": None}, ["DOB-01"]),
    ],
)
def test_the_rules_on_candidates_are_asked_before_submit(changes, expected):
    assert codes(refusals_to_submit(facts(**changes))) == expected


def test_dob_02_today_is_the_day_in_the_united_kingdom():
    at = datetime(2027, 4, 20, 0, 30, tzinfo=UK)  # 19 April by UTC

    assert codes(refusals_to_submit(facts(at=at, date_of_birth=date(2027, 4, 20)))) == ["DOB-02"]
    assert codes(refusals_to_submit(facts(at=at, date_of_birth=date(2027, 4, 19)))) == ["DOB-03"]


def test_everything_that_is_wrong_is_said_at_once():
    wrong = facts(
        at=CLOSES_AT + timedelta(minutes=1),
        is_approved=False,
        unread=(Refusal("UCAS-01", "Ten digits.", "ucas_id"),),
        last_name="",
        gender="",
        papers="",
        courses=(),
        other_course="=1",
        possible_duplicates=(entered(ucas_id="1234567890"),),
    )

    assert codes(refusals_to_submit(wrong)) == [
        "STEP-01",
        "STEP-02",
        "UCAS-01",
        "NAME-01",
        "GENDER-01",
        "STEP-03",
        "STEP-04",
        "STEP-08",
        "STEP-05",
        "STEP-06",
        "TEXT-02",
    ]


# --- advice -----------------------------------------------------------------------------------------------------------


def test_without_anything_to_look_at_there_is_no_advice():
    assert advice_before_submit(facts()) == []


def test_a_name_that_differs_from_its_plain_form_is_shown_with_it():
    assert advice_before_submit(facts(first_name="zoë", last_name="O'Connor")) == [
        "First Name “Zoë” goes to systems that hold only plain letters as “Zoe”. "
        "Check that it matches the UCAS application as closely as possible.",
        "Last Name “O'Connor” goes to systems that hold only plain letters as “OConnor”. "
        "Check that it matches the UCAS application as closely as possible.",
    ]


def test_a_missing_ucas_id_is_pointed_out():
    assert advice_before_submit(facts(ucas_id="")) == [
        "There is no UCAS ID yet. You can add it until registration closes."
    ]


@pytest.mark.parametrize(
    ("papers", "is_advised"), [(Combination.STEP_2, True), (Combination.STEP_3, True), (Combination.BOTH, False)]
)
def test_one_paper_alone_for_a_course_that_usually_needs_both_is_pointed_out_and_accepted(papers, is_advised):
    single = facts(papers=papers, courses_needing_both_papers=("Mathematics at Cambridge",))

    sentence = "Offers for Mathematics at Cambridge usually name both papers. Check the offer."
    assert advice_before_submit(single) == ([sentence] if is_advised else [])
    assert refusals_to_submit(single) == []
