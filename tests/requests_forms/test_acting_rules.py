"""The laws of acting on a request that was sent."""

from datetime import datetime

import pytest

from core.moments import UK
from core.refusals import Refusal
from requests_forms.enums import Act, Kind, Severity, Status
from requests_forms.rules import ACTS_OF_CENTRE, MOVES, refusals_to_act, refusals_to_open_act
from tests.requests_forms.rule_facts import codes, to_act, told

SOURCES = {act: sorted(sources)[0] for act, (sources, _) in MOVES.items()}
CONSIDERATION = {"kind": Kind.SPECIAL_CONSIDERATION}


def right(act, **changes):
    """Facts of an act that nothing speaks against."""
    return to_act(act, **({"status": SOURCES[act]} | ({"text": "Here it is."} if act == Act.ANSWER else {}) | changes))


@pytest.mark.parametrize("act", Act)
def test_act_01_each_act_is_done_by_its_own_side(act):
    refusal = Refusal("ACT-01", "You can see this request and not act on it.")
    of_centre = act in ACTS_OF_CENTRE

    assert refusals_to_act(right(act)) == []
    assert refusals_to_act(right(act, makes_entries=not of_centre, is_staff=of_centre)) == [refusal]
    assert refusals_to_act(right(act, makes_entries=False, is_staff=False)) == [refusal]


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("status", Status)
def test_act_02_an_act_leads_from_its_statuses_and_from_no_other(act, status):
    sources, _ = MOVES[act]

    assert codes(refusals_to_act(right(act, status=status))) == ([] if status in sources else ["ACT-02"])


@pytest.mark.parametrize(
    ("status", "words"),
    [
        ("approved", "approved"),
        ("withdrawn", "withdrawn by the centre"),
        ("draft", "not sent yet"),
    ],
)
def test_act_02_says_where_the_request_stands_and_who_changed_it_last(status, words):
    assert refusals_to_act(right(Act.ACCEPT, status=status)) == [
        Refusal(
            "ACT-02",
            f"The request is {words}. Priya Shah changed it last, at 10:42 (BST). "
            "Look at it again; nothing was changed.",
        )
    ]


def test_act_02_more_information_needed_is_told_as_a_sentence():
    [refusal] = refusals_to_act(right(Act.TAKE_UP, status="more-information"))

    assert refusal.sentence.startswith("The request is waiting for the centre. Priya Shah changed it last,")


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("seen", [0, 2, 4])
def test_act_03_an_act_counts_for_the_version_that_was_seen(act, seen):
    assert refusals_to_act(right(act, version=3, seen=3)) == []
    assert refusals_to_act(right(act, version=3, seen=seen)) == [
        Refusal(
            "ACT-03",
            "Priya Shah changed it last, at 10:42 (BST). Look at the request again before you act; "
            "nothing was changed.",
        )
    ]


def test_act_03_a_change_of_another_day_is_told_with_its_day():
    yesterday = datetime(2027, 5, 19, 23, 59, tzinfo=UK)

    [refusal] = refusals_to_act(right(Act.ACCEPT, seen=2, last_at=yesterday, last_who="You"))

    assert refusal.sentence.startswith("You changed it last, on 19 May 2027, 23:59 (BST). ")


@pytest.mark.parametrize("wrong", [{"is_staff": False}, {"status": "declined"}])
def test_act_03_a_second_look_is_asked_for_only_where_one_helps(wrong):
    assert "ACT-03" not in codes(refusals_to_act(right(Act.ACCEPT, seen=1, **wrong)))


@pytest.mark.parametrize(
    ("act", "sentence"),
    [(Act.ASK, "Type what more you need to know."), (Act.DECLINE, "Type why the request is declined.")],
)
@pytest.mark.parametrize("text", ["", " \n"])
def test_act_04_who_asks_or_declines_says_what_or_why(act, sentence, text):
    assert refusals_to_act(right(act, text=text)) == [Refusal("ACT-04", sentence, "text")]


def test_act_04_of_special_consideration_a_question_needs_words_and_a_decision_none():
    assert refusals_to_act(right(Act.DECLINE, text="", **CONSIDERATION)) == []
    assert told(refusals_to_act(right(Act.ASK, text="", **CONSIDERATION))) == [("ACT-04", "text")]


@pytest.mark.parametrize("act", [Act.ACCEPT, Act.TAKE_UP, Act.WITHDRAW])
def test_act_04_other_acts_need_no_words(act):
    assert refusals_to_act(right(act, text="")) == []


@pytest.mark.parametrize(
    ("text", "files", "is_refused"), [("", 0, True), (" \n", 0, True), ("Here it is.", 0, False), ("", 1, False)]
)
def test_act_05_an_answer_has_words_or_a_file(text, files, is_refused):
    refusal = Refusal("ACT-05", "Type your answer, or add a file.", "text")

    assert refusals_to_act(right(Act.ANSWER, text=text, files=files)) == ([refusal] if is_refused else [])


@pytest.mark.parametrize("severity", Severity.values)
def test_act_06_accepted_special_consideration_has_its_severity(severity):
    assert refusals_to_act(right(Act.ACCEPT, severity=severity, **CONSIDERATION)) == []


@pytest.mark.parametrize("severity", ["", "dreadful"])
def test_act_06_without_a_level_of_severity_it_is_not_accepted(severity):
    assert refusals_to_act(right(Act.ACCEPT, severity=severity, **CONSIDERATION)) == [
        Refusal("ACT-06", "Select the level of severity. It goes to the institutions, not to the centre.", "severity")
    ]


@pytest.mark.parametrize(
    ("act", "kind"),
    [(Act.DECLINE, Kind.SPECIAL_CONSIDERATION)] + [(Act.ACCEPT, k) for k in Kind if k not in CONSIDERATION.values()],
)
def test_act_06_nothing_else_has_a_severity(act, kind):
    assert told(refusals_to_act(right(act, kind=kind, severity="minor", text="Done."))) == [("ACT-06", "severity")]


@pytest.mark.parametrize("act", [Act.ASK, Act.DECLINE, Act.ACCEPT, Act.ANSWER])
def test_note_01_what_is_said_of_a_request_has_its_length(act):
    assert refusals_to_act(right(act, text="x" * 2000)) == []
    assert told(refusals_to_act(right(act, text="x" * 2001))) == [("NOTE-01", "text")]


def test_note_02_what_is_said_of_a_request_has_no_hidden_character():
    assert told(refusals_to_act(right(Act.ASK, text="a\u202eb"))) == [("NOTE-02", "text")]


def test_act_07_a_request_whose_details_were_deleted_is_declined_and_not_accepted():
    assert codes(refusals_to_act(right(Act.ACCEPT, is_reduced=True))) == ["ACT-07"]
    assert refusals_to_act(right(Act.DECLINE, is_reduced=True, text="It came too late.")) == []


def test_what_comes_with_an_act_is_judged_only_where_the_act_can_be_done():
    nothing_given = right(Act.ACCEPT, severity="", status="approved", **CONSIDERATION)

    assert codes(refusals_to_act(nothing_given)) == ["ACT-02"]
    assert codes(refusals_to_open_act(nothing_given)) == ["ACT-02"]
    assert refusals_to_open_act(right(Act.ACCEPT, severity="", seen=1, **CONSIDERATION)) == []


def test_both_reasons_why_somebody_cannot_act_are_told():
    assert codes(refusals_to_act(right(Act.DECLINE, is_staff=False, status="draft"))) == ["ACT-01", "ACT-02"]
