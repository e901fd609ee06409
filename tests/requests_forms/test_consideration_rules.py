"""The laws of special consideration."""

from datetime import datetime

import pytest

from core.moments import UK
from core.refusals import Refusal
from requests_forms.enums import ConsiderationReason, Kind
from requests_forms.rules import OtherCandidate, refusals_to_send
from tests.requests_forms.rule_facts import CONTACT, RIGHT, STEP_2, TICK, answered, to_ask, told

KIND = Kind.SPECIAL_CONSIDERATION
STEP_2_ENDS = datetime(2027, 6, 11, tzinfo=UK)
STEP_3_DAY = datetime(2027, 6, 9, tzinfo=UK)
MEDICAL = ["illness", "injury"]
VAGUE = ["arrangement", "error", "absence", "other"]


def asked(**answers):
    return refusals_to_send(answered(KIND, **answers))


def of_paper(paper, at, **changes):
    return refusals_to_send(to_ask(KIND, answers=RIGHT[KIND] | {"paper": paper}, at=at, **changes))


@pytest.mark.parametrize("paper", [None, "", "step-1", "all"])
def test_consider_01_one_paper_of_the_entry_is_named(paper):
    assert asked(paper=paper) == [Refusal("CONSIDER-01", "Select the paper that was affected.", "paper")]


def test_consider_01_a_paper_that_the_entry_does_not_have_is_refused():
    refusals = of_paper("step-3", STEP_3_DAY, dates={"papers": (STEP_2,)})

    assert told(refusals) == [("CONSIDER-01", "paper")]


@pytest.mark.parametrize(
    ("paper", "at", "sentence"),
    [
        ("step-3", STEP_3_DAY - TICK, "STEP 3 is sat on 9 June 2027. Ask from that day on."),
        ("step-3", STEP_3_DAY, None),
        ("step-2", STEP_2_ENDS - TICK, None),
        (
            "step-2",
            STEP_2_ENDS,
            "For STEP 2 special consideration could be asked for until 10 June 2027, 23:59 (BST).",
        ),
    ],
)
def test_consider_01_each_paper_has_its_own_window_while_another_is_open(paper, at, sentence):
    assert of_paper(paper, at) == ([Refusal("CONSIDER-01", sentence, "paper")] if sentence else [])


def test_consider_02_it_is_asked_for_once_for_a_paper():
    again = to_ask(KIND, asked_for=frozenset({"step-2"}))
    of_the_other = to_ask(KIND, asked_for=frozenset({"step-3"}))

    assert refusals_to_send(of_the_other) == []
    assert refusals_to_send(again) == [
        Refusal(
            "CONSIDER-02",
            "Special consideration for STEP 2 was asked for already. What is new goes into that request, when the "
            f"STEP team asks for more information. {CONTACT}",
            "paper",
        )
    ]


@pytest.mark.parametrize("reason", [None, "", "tired"])
def test_consider_03_a_reason_is_named(reason):
    assert told(asked(reason=reason)) == [("CONSIDER-03", "reason")]


@pytest.mark.parametrize("reason", ConsiderationReason.values)
def test_consider_03_each_reason_is_accepted_with_what_it_needs(reason):
    answers = RIGHT[KIND] | {"reason": reason, "detail": "From 9:30 on."}

    assert refusals_to_send(to_ask(KIND, answers=answers, files=1)) == []


@pytest.mark.parametrize("detail", [None, "", " \n "])
@pytest.mark.parametrize("reason", ConsiderationReason.values)
def test_consider_04_a_reason_that_can_mean_many_things_needs_its_detail(reason, detail):
    answers = RIGHT[KIND] | {"reason": reason, "detail": detail}
    wanted = [("CONSIDER-04", "detail")] if reason in VAGUE else []

    assert told(refusals_to_send(to_ask(KIND, answers=answers, files=1))) == wanted


@pytest.mark.parametrize("reason", ConsiderationReason.values)
def test_consider_05_medical_reasons_need_a_file_though_there_is_detail(reason):
    refusals = asked(reason=reason, detail="A broken arm.")
    wanted = [Refusal("CONSIDER-05", "Medical reasons need evidence. Add a file.", "files")]

    assert refusals == (wanted if reason in MEDICAL else [])


@pytest.mark.parametrize(
    ("other", "sentence"),
    [
        (OtherCandidate("S00002", frozenset({"step-2", "step-3"}), frozenset({"step-3"})), None),
        (
            OtherCandidate("S00002", frozenset({"step-3"})),
            "S00002 is not an entry of your centre for STEP 2. Check the number.",
        ),
        (OtherCandidate("S00002"), "S00002 is not an entry of your centre for STEP 2. Check the number."),
        (
            OtherCandidate("S00002", frozenset(), frozenset({"step-2"})),
            "S00002 is not an entry of your centre for STEP 2. Check the number.",
        ),
        (
            OtherCandidate("S00002", frozenset({"step-2"}), frozenset({"step-2"})),
            "Special consideration for STEP 2 was asked for already for S00002. Take it out.",
        ),
    ],
)
def test_consider_06_the_others_of_an_event_sat_the_same_paper_and_were_not_asked_for(other, sentence):
    refusals = refusals_to_send(to_ask(KIND, others=(other,)))

    assert refusals == ([Refusal("CONSIDER-06", sentence, "others")] if sentence else [])


def test_consider_06_each_of_the_others_that_is_wrong_is_named():
    others = tuple(OtherCandidate(number) for number in ("S00002", "X", "S00004"))

    sentences = [refusal.sentence.split()[0] for refusal in refusals_to_send(to_ask(KIND, others=others))]

    assert sentences == ["S00002", "X", "S00004"]


def test_everything_that_is_wrong_with_special_consideration_is_told_at_once():
    answers = {"paper": "step-2", "reason": "other", "detail": ""}
    facts = to_ask(KIND, answers=answers, asked_for=frozenset({"step-2"}), others=(OtherCandidate("S1"),))

    assert told(refusals_to_send(facts)) == [
        ("CONSIDER-02", "paper"),
        ("CONSIDER-04", "detail"),
        ("CONSIDER-06", "others"),
    ]
