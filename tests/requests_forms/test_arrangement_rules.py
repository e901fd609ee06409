"""The laws of access arrangements."""

import pytest

from core.refusals import Refusal
from requests_forms.enums import EvidenceHeld, Kind
from requests_forms.rules import ARRANGEMENTS, refusals_to_send
from requests_forms.rules.arrangements import PERCENT
from tests.requests_forms.rule_facts import (
    CONTACT,
    DATES,
    MINUTE,
    MODIFIED_UNTIL,
    RIGHT,
    STEP_2,
    TICK,
    answered,
    to_ask,
    told,
)

MODIFIED = [each for each in ARRANGEMENTS if each.is_modified_paper]
DETAILED = [each for each in ARRANGEMENTS if each.detail]


def asked(**answers):
    return refusals_to_send(answered(Kind.ACCESS_ARRANGEMENT, **answers))


def ticked(each, **answers):
    """What is said of one arrangement with the detail that it needs, if any."""
    detail = {f"d_{each.slug}": "50"} if each.detail else {}
    return {"a_extra-time-25": None, f"a_{each.slug}": True} | detail | answers


def test_arrange_01_one_arrangement_at_least_is_chosen():
    refusal = Refusal("ARRANGE-01", "Select the arrangements that the candidate needs.", "a_extra-time-25")

    assert asked(**{"a_extra-time-25": None, "p_extra-time-25": None}) == [refusal]


@pytest.mark.parametrize("each", ARRANGEMENTS, ids=lambda each: each.slug)
def test_arrange_01_any_one_arrangement_is_enough(each):
    assert asked(**ticked(each)) == []


@pytest.mark.parametrize("each", MODIFIED, ids=lambda each: each.slug)
def test_arrange_02_modified_papers_are_taken_to_the_end_of_their_own_last_minute(each):
    answers = RIGHT[Kind.ACCESS_ARRANGEMENT] | ticked(each)
    ends_at = MODIFIED_UNTIL + MINUTE

    assert refusals_to_send(to_ask(Kind.ACCESS_ARRANGEMENT, answers=answers, at=ends_at - TICK)) == []
    assert refusals_to_send(to_ask(Kind.ACCESS_ARRANGEMENT, answers=answers, at=ends_at)) == [
        Refusal(
            "ARRANGE-02",
            "The deadline for modified papers was 20 April 2027, 23:59 (BST). "
            f"Untick “{each.label}” to send the other arrangements. {CONTACT}",
            f"a_{each.slug}",
        )
    ]


@pytest.mark.parametrize("at", [MODIFIED_UNTIL + MINUTE, DATES.registration.ends_at, STEP_2.starts_at])
def test_arrange_02_other_arrangements_do_not_end_with_modified_papers(at):
    assert refusals_to_send(to_ask(Kind.ACCESS_ARRANGEMENT, at=at)) == []


@pytest.mark.parametrize("each", DETAILED, ids=lambda each: each.slug)
@pytest.mark.parametrize("typed", [None, "", "  \n"])
def test_arrange_03_an_arrangement_that_can_mean_several_things_says_which(each, typed):
    refusals = asked(**ticked(each, **{f"d_{each.slug}": typed}))

    assert told(refusals) == [("ARRANGE-03", f"d_{each.slug}")]


@pytest.mark.parametrize("each", DETAILED, ids=lambda each: each.slug)
def test_arrange_03_what_is_typed_for_an_arrangement_that_is_not_ticked_is_not_lost(each):
    assert asked(**{f"d_{each.slug}": "50"}) == [
        Refusal("ARRANGE-03", f"Tick “{each.label}” as well, or delete what you typed for it.", f"a_{each.slug}")
    ]


@pytest.mark.parametrize("typed", ["1", "50", " 50 ", "50%", "50 %", "200"])
def test_arrange_03_extra_time_is_taken_in_per_cent(typed):
    assert asked(**{f"a_{PERCENT}": True, f"d_{PERCENT}": typed}) == []


@pytest.mark.parametrize("typed", ["0", "201", "-5", "a half", "12.5", "٥٠", "5²", "9" * 5000, "%", "50%%"])
def test_arrange_03_extra_time_that_is_no_number_of_per_cent_is_refused(typed):
    refusal = Refusal("ARRANGE-03", "Other extra time must be a number of per cent, for example 50.", f"d_{PERCENT}")

    assert refusal in asked(**{f"a_{PERCENT}": True, f"d_{PERCENT}": typed})


@pytest.mark.parametrize("papers", [None, "", "all", "step-2", "step-3"])
def test_arrange_04_an_arrangement_is_for_all_papers_or_one_of_the_entry(papers):
    assert asked(**{"p_extra-time-25": papers}) == []


def test_arrange_04_a_paper_that_the_entry_does_not_have_is_refused():
    answers = RIGHT[Kind.ACCESS_ARRANGEMENT] | {"p_extra-time-25": "step-3"}
    facts = to_ask(Kind.ACCESS_ARRANGEMENT, answers=answers, dates={"papers": (STEP_2,)})

    assert refusals_to_send(facts) == [
        Refusal("ARRANGE-04", "Select for which papers “25% extra time” is.", "p_extra-time-25")
    ]


def test_arrange_04_papers_of_an_arrangement_that_is_not_ticked_do_not_matter():
    assert asked(**{"p_reader": "step-9"}) == []


@pytest.mark.parametrize("evidence", EvidenceHeld.values)
def test_arrange_05_the_evidence_that_the_centre_holds_is_named(evidence):
    assert asked(evidence_type=evidence) == []


@pytest.mark.parametrize("evidence", [None, "", "form-7"])
def test_arrange_05_without_the_type_of_evidence_it_is_not_sent(evidence):
    assert told(asked(evidence_type=evidence)) == [("ARRANGE-05", "evidence_type")]


def test_arrange_05_all_that_is_missing_about_evidence_is_said_at_once():
    both = [("ARRANGE-05", "evidence_type"), ("ARRANGE-05", "is_held")]

    assert told(asked(evidence_type="", is_held=None)) == both


def test_arrange_05_that_the_evidence_is_held_is_ticked():
    assert told(asked(is_held=None)) == [("ARRANGE-05", "is_held")]


def test_arrange_06_the_candidate_was_told():
    assert told(asked(is_told=None)) == [("ARRANGE-06", "is_told")]


def test_everything_that_is_wrong_with_arrangements_is_told_at_once():
    refusals = asked(
        **{"a_coloured": True, "p_reader": "x", "a_reader": True, "evidence_type": "", "is_told": None},
        note="a\u200bb",
    )

    assert told(refusals) == [
        ("ARRANGE-03", "d_coloured"),
        ("ARRANGE-04", "p_reader"),
        ("ARRANGE-05", "evidence_type"),
        ("ARRANGE-06", "is_told"),
        ("NOTE-02", "note"),
    ]
