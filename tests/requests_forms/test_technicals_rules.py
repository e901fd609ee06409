"""The laws of queries about invoices and of corrections of candidates, and who decides what."""

from dataclasses import replace

import pytest

from core.refusals import Refusal
from requests_forms.enums import ABOUT_AN_ENTRY, OF_TECHNICALS, Act, CorrectionReason, Kind, Queried, Status
from requests_forms.rules import (
    at_the_beginning,
    evidence_will_follow,
    refusals_to_act,
    refusals_to_ask,
    refusals_to_send,
    target_of,
    team_of,
)
from requests_forms.rules.merging import candidates_share_no_correction
from tests.requests_forms.rule_facts import answered, codes, to_act, to_ask, told

QUERY, CORRECTION = Kind.INVOICE_QUERY, Kind.CANDIDATE_CORRECTION


# --- an invoice -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("matter", [None, "", "weather"])
def test_query_01_what_is_queried_is_chosen(matter):
    assert told(refusals_to_send(answered(QUERY, matter=matter))) == [("QUERY-01", "matter")]


@pytest.mark.parametrize("matter", Queried.values)
def test_query_01_each_of_the_choices_is_taken(matter):
    assert refusals_to_send(answered(QUERY, matter=matter)) == []


@pytest.mark.parametrize("detail", [None, "", " \n "])
def test_query_02_a_query_says_what_is_wrong(detail):
    assert told(refusals_to_send(answered(QUERY, detail=detail))) == [("QUERY-02", "detail")]


def test_query_03_its_words_name_no_candidate_of_the_invoice():
    assert refusals_to_send(to_ask(QUERY, named="Ann Smith")) == [
        Refusal(
            "QUERY-03",
            "Details are sent by mail, and name Ann Smith. Take the name out: give the submission number with the "
            "entry code or unit instead, or name the candidate in a file.",
            "detail",
        )
    ]


def test_note_01_the_words_of_queries_and_corrections_have_their_length():
    assert told(refusals_to_send(answered(QUERY, detail="x" * 2001))) == [("NOTE-01", "detail")]
    assert told(refusals_to_send(answered(CORRECTION, note="x" * 2001))) == [("NOTE-01", "note")]


# --- a candidate ------------------------------------------------------------------------------------------------------


def test_correct_01_a_correction_is_asked_for_once_at_a_time():
    assert refusals_to_send(to_ask(CORRECTION, open_correction="R2345678A")) == [
        Refusal("CORRECT-01", "A correction of this candidate was asked for already: R2345678A. Open that request.")
    ]


def test_correct_02_a_correction_changes_something():
    assert codes(refusals_to_send(to_ask(CORRECTION, differs=False))) == ["CORRECT-02"]
    assert codes(refusals_to_send(to_ask(CORRECTION, differs=False, needs_proof=False))) == ["CORRECT-02"]


def test_correct_03_what_needs_no_proof_the_centre_corrects_itself():
    [refusal] = refusals_to_send(to_ask(CORRECTION, needs_proof=False))

    assert refusal.code == "CORRECT-03"
    assert refusal.sentence.startswith("This change needs no proof: make it yourself with Edit candidate")


@pytest.mark.parametrize("reason", [None, "", "whim"])
def test_correct_04_a_correction_has_a_reason(reason):
    assert told(refusals_to_send(answered(CORRECTION, reason=reason))) == [("CORRECT-04", "reason")]


@pytest.mark.parametrize("reason", CorrectionReason.values)
def test_correct_04_each_of_the_reasons_is_taken(reason):
    assert refusals_to_send(answered(CORRECTION, reason=reason)) == []


@pytest.mark.parametrize(
    ("files", "will_follow", "expected", "waits"),
    [
        (0, False, [("CORRECT-05", "files")], False),
        (0, True, [], True),
        (1, False, [], False),
        (1, True, [], False),
    ],
)
def test_correct_05_a_correction_has_proof_or_says_that_it_will_follow(files, will_follow, expected, waits):
    facts = replace(answered(CORRECTION, will_follow=will_follow), files=files)

    assert (told(refusals_to_send(facts)), evidence_will_follow(facts)) == (expected, waits)


def test_what_the_record_would_be_is_judged_by_the_rules_of_candidates():
    of_record = Refusal("DOB-05", "Date of birth must be in the past. Check the year.", "date_of_birth")

    assert refusals_to_send(to_ask(CORRECTION, of_candidate=(of_record,), differs=False)) == [of_record]


def test_merge_07_two_candidates_with_an_open_correction_each_do_not_become_one():
    refusal = candidates_share_no_correction(("R2345678A", "R2345678B"))

    assert (refusal.code, "R2345678A and R2345678B" in refusal.sentence) == ("MERGE-07", True)
    assert candidates_share_no_correction(None) is None


# --- both -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", OF_TECHNICALS)
def test_they_are_taken_at_any_time_by_those_who_make_entries(kind):
    assert refusals_to_ask(to_ask(kind)) == []
    assert codes(refusals_to_ask(to_ask(kind, may_ask=False))) == ["ASK-07"]


@pytest.mark.parametrize("kind", OF_TECHNICALS)
def test_they_end_as_completed_or_declined(kind):
    assert [target_of(act, kind) for act in (Act.ACCEPT, Act.DECLINE)] == [Status.COMPLETED, Status.DECLINED]


def test_act_04_a_query_about_an_invoice_is_answered_with_words():
    answer = {"kind": QUERY, "text": " "}

    assert told(refusals_to_act(to_act(Act.ACCEPT, **answer))) == [("ACT-04", "text")]
    assert refusals_to_act(to_act(Act.ACCEPT, kind=QUERY, text="The credit is on the next invoice.")) == []
    assert refusals_to_act(to_act(Act.ACCEPT, kind=CORRECTION)) == []


def test_the_step_team_decides_what_is_of_step_and_ocr_the_rest():
    teams = {kind: team_of(kind) for kind in Kind}

    assert teams == dict.fromkeys((*ABOUT_AN_ENTRY, Kind.ACCOUNT_CHANGE), "the STEP team") | dict.fromkeys(
        OF_TECHNICALS, "OCR"
    )
    assert [at_the_beginning(team) for team in ("the STEP team", "OCR")] == ["The STEP team", "OCR"]
