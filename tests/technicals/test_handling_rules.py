"""The laws of moving submissions from status to status, and of what staff do with one that stands still."""

import pytest

from technicals.enums import SubmissionStatus as Status
from technicals.rules.handling import (
    LONGEST_NOTE,
    Act,
    HandlingFacts,
    MoveFacts,
    file_was_not_submitted_again,
    no_row_is_to_mend,
    note_is_short_enough,
    note_says_why,
    refusals_to_handle,
    refusals_to_move,
    rows_can_be_entered,
    staff_handle_it,
    submission_can_move,
)
from tests.technicals.submissions import OFFERED

TABLE = {
    Status.READ_AND_RECOGNISED: {Status.PROCESSING_IN_PROGRESS, Status.OCR_HANDLING_THIS},
    Status.PROCESSING_IN_PROGRESS: {
        Status.PROCESSING_COMPLETE,
        Status.READ_AND_REJECTED,
        Status.DUPLICATE_FILE,
        Status.OCR_HANDLING_THIS,
    },
    Status.READ_AND_REJECTED: {Status.OCR_HANDLING_THIS},
    Status.OCR_HANDLING_THIS: {Status.READ_AND_RECOGNISED, Status.READ_AND_REJECTED},
    Status.PROCESSING_COMPLETE: set(),
    Status.DUPLICATE_FILE: set(),
    Status.EMPTY_FILE: set(),
    Status.UPLOAD_FAILED: set(),
    Status.SUBMITTED: set(),
}
"""Which status leads to which, written out once more beside MOVES."""
NOTE = "Row 3 has a scheme code that was withdrawn."


def facts(act=Act.TAKE_OVER, note=NOTE, has_rows=True, again="", status=None):
    standing = Status.READ_AND_REJECTED if act == Act.TAKE_OVER else Status.OCR_HANDLING_THIS
    return HandlingFacts(act, status or standing, note, has_rows, again)


@pytest.mark.parametrize("to", Status)
@pytest.mark.parametrize("status", Status)
def test_handling_01_a_submission_moves_as_the_table_says(status, to):
    refusal = submission_can_move(MoveFacts(status, to, is_staff=True))

    assert (refusal is None) is (to in TABLE[status])


@pytest.mark.parametrize(
    ("status", "to", "is_refused"),
    [
        (Status.READ_AND_RECOGNISED, Status.PROCESSING_IN_PROGRESS, False),
        (Status.READ_AND_RECOGNISED, Status.OCR_HANDLING_THIS, True),
        (Status.OCR_HANDLING_THIS, Status.READ_AND_REJECTED, True),
        (Status.OCR_HANDLING_THIS, Status.READ_AND_RECOGNISED, True),
    ],
)
def test_handling_02_only_staff_lead_into_and_out_of_ocr_handling_this(status, to, is_refused):
    assert (staff_handle_it(MoveFacts(status, to, is_staff=False)) is not None) is is_refused
    assert staff_handle_it(MoveFacts(status, to, is_staff=True)) is None


def test_handling_02_is_not_said_of_a_move_that_there_is_not():
    refusals = refusals_to_move(MoveFacts(Status.OCR_HANDLING_THIS, Status.PROCESSING_COMPLETE, is_staff=False))

    assert [refusal.code for refusal in refusals] == ["HANDLING-01"]


@pytest.mark.parametrize(("act", "needs"), [(Act.TAKE_OVER, True), (Act.REJECT, True), (Act.PUT_BACK, False)])
def test_handling_03_a_note_is_needed_to_take_over_and_to_reject(act, needs):
    assert (note_says_why(facts(act, note=" \n")) is not None) is needs
    assert note_says_why(facts(act)) is None


def test_handling_04_a_note_has_at_most_500_characters_without_the_blanks_around_it():
    assert note_is_short_enough(facts(note=" " + "x" * LONGEST_NOTE + " ")) is None
    assert note_is_short_enough(facts(note="x" * (LONGEST_NOTE + 1))).field == "note"


@pytest.mark.parametrize(("act", "is_refused"), [(Act.PUT_BACK, True), (Act.TAKE_OVER, False), (Act.REJECT, False)])
def test_handling_05_rows_that_are_gone_cannot_be_put_back(act, is_refused):
    assert (rows_can_be_entered(facts(act, has_rows=False)) is not None) is is_refused
    assert rows_can_be_entered(facts(act)) is None


@pytest.mark.parametrize(("act", "is_refused"), [(Act.PUT_BACK, True), (Act.TAKE_OVER, True), (Act.REJECT, False)])
def test_handling_06_a_file_that_was_submitted_again_is_handled_under_its_last_number(act, is_refused):
    refusal = file_was_not_submitted_again(facts(act, again="CT000002"))

    assert (refusal is not None and "CT000002" in refusal.sentence) is is_refused
    assert file_was_not_submitted_again(facts(act)) is None


@pytest.mark.parametrize(
    ("number", "count", "said"), [(3, 1, "Row 3 still has"), (3, 5, "Row 3 and 4 more still have")]
)
def test_handling_07_a_row_with_something_to_mend_is_named(number, count, said):
    assert no_row_is_to_mend(number, count).sentence.startswith(said)
    assert no_row_is_to_mend(0, 0) is None


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("status", Status)
def test_handling_08_staff_act_as_the_table_says(status, act):
    refusals = refusals_to_handle(facts(act, status=status))

    assert [refusal.code for refusal in refusals] == ([] if act in OFFERED.get(status, set()) else ["HANDLING-08"])


def test_every_reason_against_an_act_is_told_at_once():
    refusals = refusals_to_handle(facts(Act.TAKE_OVER, note="", again="CT000002"))

    assert [refusal.code for refusal in refusals] == ["HANDLING-03", "HANDLING-06"]
