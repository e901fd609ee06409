"""What each status means, and which refused files stand in the history."""

import pytest

from technicals.enums import SubmissionStatus
from technicals.rules.charges import charges_in_words
from technicals.rules.statuses import (
    LAST_NUMBER,
    STATUS_WORDS,
    status_of_file_not_taken,
    submission_numbers_are_left,
)


def test_every_status_has_a_description_and_an_action():
    assert set(STATUS_WORDS) == set(SubmissionStatus)
    assert all(words.description and words.action for words in STATUS_WORDS.values())


def test_no_status_sends_the_officer_to_the_telephone():
    said = " ".join(f"{words.description} {words.action}" for words in STATUS_WORDS.values()).lower()

    assert [word for word in ("call", "phone", "ring", "contact") if f" {word} " in said] == []


@pytest.mark.parametrize(
    ("codes", "was_submitted", "status"),
    [
        (["FILE-01"], False, SubmissionStatus.EMPTY_FILE),
        (["UPLOAD-04"], False, SubmissionStatus.EMPTY_FILE),
        (["FILE-02"], False, SubmissionStatus.UPLOAD_FAILED),
        (["FILE-03", "FILE-08"], False, SubmissionStatus.UPLOAD_FAILED),
        (["UPLOAD-01"], True, SubmissionStatus.DUPLICATE_FILE),
        (["UPLOAD-01"], False, None),
        (["UPLOAD-07"], False, None),
        (["SERIES-01"], False, None),
        (["FILE-02", "SERIES-01"], False, None),
    ],
)
def test_a_refused_file_stands_in_the_history_by_its_refusals(codes, was_submitted, status):
    assert status_of_file_not_taken(codes, was_submitted=was_submitted) == status


@pytest.mark.parametrize(("last", "wanted", "is_refused"), [(LAST_NUMBER - 1, 1, False), (LAST_NUMBER - 1, 2, True)])
def test_submission_01_numbers_end_with_six_nines(last, wanted, is_refused):
    refusal = submission_numbers_are_left(last, wanted)

    assert (refusal is not None and refusal.code == "SUBMISSION-01") is is_refused


@pytest.mark.parametrize(
    ("amounts", "words"),
    [
        ([], "No charge"),
        ([None], "on invoice"),
        ([0], "£0.00"),
        ([1250, 50], "£13.00"),
        ([108_000, None], "£1,080.00 and on invoice"),
    ],
)
def test_charges_are_added_up_and_what_is_on_invoice_is_never_nothing(amounts, words):
    assert charges_in_words(amounts) == words
