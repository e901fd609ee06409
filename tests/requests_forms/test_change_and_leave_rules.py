"""The laws of entry amendments and withdrawals after closing, and of longer texts."""

import pytest

from core.refusals import Refusal
from requests_forms.enums import Kind, WithdrawalReason
from requests_forms.rules import evidence_will_follow, refusals_to_send
from requests_forms.rules.texts import refusals_of_note
from tests.requests_forms.rule_facts import answered, to_ask, told

AMENDMENT, WITHDRAWAL = Kind.ENTRY_AMENDMENT, Kind.WITHDRAWAL
MEDICAL = {"reason": "medical"}


def test_change_01_an_amendment_that_changes_nothing_is_refused():
    assert refusals_to_send(to_ask(AMENDMENT, differs=False)) == [
        Refusal("CHANGE-01", "Nothing differs from the entry. Type the new values in the fields that are to change.")
    ]


def test_change_02_an_amendment_that_adds_a_paper_is_refused():
    refusal = Refusal(
        "CHANGE-02", "A paper cannot be added after registration has closed. Select papers already entered.", "papers"
    )

    assert refusals_to_send(to_ask(AMENDMENT, adds_a_paper=True)) == [refusal]


@pytest.mark.parametrize("reason", [None, "", " \n"])
def test_change_03_an_amendment_says_why(reason):
    assert told(refusals_to_send(answered(AMENDMENT, reason=reason))) == [("CHANGE-03", "reason")]


def test_what_the_rules_of_entries_say_of_an_amendment_is_told_with_the_rest():
    of_entry = (Refusal("NAME-01", "Type the last name.", "last_name"),)
    facts = to_ask(AMENDMENT, answers={}, of_entry=of_entry, adds_a_paper=True)

    assert told(refusals_to_send(facts)) == [
        ("CHANGE-02", "papers"),
        ("NAME-01", "last_name"),
        ("CHANGE-03", "reason"),
    ]


@pytest.mark.parametrize("reason", [None, "", "Medical reasons", "sick"])
def test_leave_01_one_of_three_reasons_is_named(reason):
    assert refusals_to_send(answered(WITHDRAWAL, reason=reason)) == [
        Refusal("LEAVE-01", "Select the reason why the candidate withdraws.", "reason")
    ]


@pytest.mark.parametrize("reason", WithdrawalReason.values)
def test_leave_01_each_reason_is_accepted(reason):
    assert refusals_to_send(to_ask(WITHDRAWAL, answers={"reason": reason}, files=1)) == []


def test_leave_02_medical_reasons_need_a_file_or_the_promise_of_one():
    refusal = Refusal(
        "LEAVE-02", "Medical reasons need evidence. Add a file, or tick that the evidence will follow.", "files"
    )

    assert refusals_to_send(to_ask(WITHDRAWAL, answers=MEDICAL)) == [refusal]
    assert refusals_to_send(to_ask(WITHDRAWAL, answers=MEDICAL, files=1)) == []
    assert refusals_to_send(to_ask(WITHDRAWAL, answers=MEDICAL | {"will_follow": True})) == []


@pytest.mark.parametrize("reason", ["compassionate", "other"])
def test_leave_02_other_reasons_need_none(reason):
    assert refusals_to_send(to_ask(WITHDRAWAL, answers={"reason": reason})) == []


@pytest.mark.parametrize(
    ("answers", "files", "follows"),
    [
        (MEDICAL | {"will_follow": True}, 0, True),
        (MEDICAL | {"will_follow": True}, 1, False),
        (MEDICAL, 0, False),
        ({"reason": "other", "will_follow": True}, 0, False),
    ],
)
def test_a_withdrawal_waits_for_evidence_only_where_it_is_medical_promised_and_not_there(answers, files, follows):
    assert evidence_will_follow(to_ask(WITHDRAWAL, answers=answers, files=files)) is follows


def test_leave_03_a_withdrawal_is_asked_for_once_at_a_time():
    assert refusals_to_send(to_ask(WITHDRAWAL, open_withdrawal="R7K4Q9M2X")) == [
        Refusal("LEAVE-03", "The withdrawal of this entry was asked for already: R7K4Q9M2X. Open that request.")
    ]


def test_everything_that_is_wrong_with_a_withdrawal_is_told_at_once():
    answers = MEDICAL | {"detail": "x" * 2001}

    refusals = refusals_to_send(to_ask(WITHDRAWAL, answers=answers, open_withdrawal="R7K4Q9M2X"))

    assert told(refusals) == [("LEAVE-03", ""), ("LEAVE-02", "files"), ("NOTE-01", "detail")]


NOTES = [
    (Kind.ACCESS_ARRANGEMENT, "note"),
    (Kind.ENTRY_AMENDMENT, "reason"),
    (Kind.TIMETABLE_VARIATION, "explanation"),
    (Kind.TIMETABLE_VARIATION, "supervision"),
    (Kind.WITHDRAWAL, "detail"),
    (Kind.SPECIAL_CONSIDERATION, "detail"),
    (Kind.ACCOUNT_CHANGE, "detail"),
]


@pytest.mark.parametrize(("kind", "field"), NOTES)
def test_note_01_a_longer_text_of_each_kind_has_its_length(kind, field):
    assert refusals_to_send(answered(kind, **{field: "ü" * 2000})) == []
    assert told(refusals_to_send(answered(kind, **{field: "ü" * 2001}))) == [("NOTE-01", field)]


def test_note_01_says_how_long_it_is():
    assert refusals_of_note("detail", "Further detail", "x" * 2500) == [
        Refusal("NOTE-01", "Further detail must be 2,000 characters or fewer. It has 2,500: shorten it.", "detail")
    ]


@pytest.mark.parametrize(("kind", "field"), NOTES)
@pytest.mark.parametrize("hidden", ["\u200b", "\u202e", "\x00", "\x1b"])
def test_note_02_hidden_characters_are_refused_in_each_kind(kind, field, hidden):
    assert told(refusals_to_send(answered(kind, **{field: f"A{hidden}b"}))) == [("NOTE-02", field)]


@pytest.mark.parametrize("text", ["one\ntwo", "one\r\ntwo", "a\tb", "Ünïcode, “quotes” – dashes", "你好", ""])
def test_note_02_ends_of_lines_and_letters_of_any_script_are_accepted(text):
    assert refusals_of_note("detail", "Further detail", text) == []


def test_note_02_says_where_the_hidden_character_is():
    [at_the_end] = refusals_of_note("detail", "Detail", "He fell on the stairs\u200b.")
    [first] = refusals_of_note("detail", "Detail", "\u200bHe fell.")

    assert at_the_end.sentence == (
        "Detail contains a hidden or unusual character after “e fell on the stairs”. Delete it there."
    )
    assert first.sentence == "Detail contains a hidden or unusual character at its beginning. Delete it there."
