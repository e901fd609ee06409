"""Files that were refused, as lines of the history; and submission numbers."""

import pytest
from django.db import transaction

from core.history import history_of
from core.refusals import Refusal, Refused
from technicals.enums import Channel
from technicals.enums import SubmissionStatus as Status
from technicals.models import Submission, SubmissionNumberCounter
from technicals.services.files import note_file_not_taken
from technicals.services.numbers import take_submission_numbers
from tests.technicals.submissions import submitted, upload_for
from uploads.enums import UploadState
from uploads.rules.kinds import FileNotTaken, Period

pytestmark = pytest.mark.django_db


@pytest.fixture
def refused_file(centre, officer, now):
    """A file that was refused for reasons with these codes."""

    def make(*codes, **fields):
        return FileNotTaken(
            period=Period("1", "January 2027", now),
            centre=centre,
            file_name="class of 2027.xlsx",
            refusals=[Refusal(code, f"Why {code}.", "file") for code in codes],
            by=officer,
            at=now,
            **fields,
        )

    return make


def test_a_file_that_cannot_be_read_stands_as_upload_failed(refused_file, centre, officer, now):
    line = note_file_not_taken(refused_file("FILE-06", order_number="PO 12"))

    line.refresh_from_db()
    [history] = history_of(line)
    assert (line.status, line.channel, line.number) == (Status.UPLOAD_FAILED, Channel.SPREADSHEET, "CT000001")
    assert (line.centre, line.submitted_by, line.submitted_at) == (centre, officer, now)
    assert (line.file_name, line.order_number) == ("class of 2027.xlsx", "PO 12")
    assert line.refusals == [{"code": "FILE-06", "sentence": "Why FILE-06.", "row": None}]
    assert history.changes == {"entry status": [None, "upload-failed"]}


@pytest.mark.parametrize("code", ["FILE-01", "UPLOAD-04"])
def test_a_file_without_candidates_stands_as_empty(code, refused_file):
    assert note_file_not_taken(refused_file(code)).status == Status.EMPTY_FILE


@pytest.mark.parametrize(
    "status",
    [Status.READ_AND_RECOGNISED, Status.PROCESSING_IN_PROGRESS, Status.OCR_HANDLING_THIS, Status.PROCESSING_COMPLETE],
)
def test_a_file_that_was_submitted_before_is_a_duplicate_and_leads_to_the_first(status, refused_file, centre, officer):
    first = submitted(centre, officer, status)

    line = note_file_not_taken(refused_file("UPLOAD-01", earlier=first.upload))

    assert (line.status, line.duplicate_of) == (Status.DUPLICATE_FILE, first)


def test_of_a_file_that_was_rejected_and_submitted_again_the_one_that_stands_is_the_first(
    refused_file, centre, officer
):
    upload = upload_for(centre, officer, state=UploadState.ENTERED)
    submitted(centre, officer, Status.READ_AND_REJECTED, upload=upload)
    standing = submitted(centre, officer, Status.PROCESSING_COMPLETE, upload=upload)

    assert note_file_not_taken(refused_file("UPLOAD-01", earlier=upload)).duplicate_of == standing


def test_an_entered_file_without_a_submission_is_a_duplicate_too(refused_file, centre, officer):
    earlier = upload_for(centre, officer, state=UploadState.ENTERED)

    line = note_file_not_taken(refused_file("UPLOAD-01", earlier=earlier))

    assert (line.status, line.duplicate_of) == (Status.DUPLICATE_FILE, None)


def test_a_file_that_still_waits_to_be_submitted_makes_no_line(refused_file, centre, officer):
    waiting = upload_for(centre, officer)
    rejected = submitted(centre, officer, Status.READ_AND_REJECTED)

    for earlier in (waiting, rejected.upload):
        assert note_file_not_taken(refused_file("UPLOAD-01", earlier=earlier)) is None

    assert Submission.objects.get() == rejected


@pytest.mark.parametrize("code", ["UPLOAD-07", "SERIES-01"])
def test_too_many_files_and_the_wrong_time_make_no_line_and_take_no_number(code, refused_file):
    assert note_file_not_taken(refused_file(code)) is None

    assert not Submission.objects.exists()
    assert not SubmissionNumberCounter.objects.exists()


def test_numbers_follow_each_other_and_several_are_taken_at_once():
    assert take_submission_numbers(1) == ["CT000001"]
    assert take_submission_numbers(3) == ["CT000002", "CT000003", "CT000004"]


def test_a_rollback_gives_numbers_back():
    with transaction.atomic():
        take_submission_numbers(1)
        transaction.set_rollback(True)

    assert take_submission_numbers(1) == ["CT000001"]


def test_submission_01_after_the_last_number_nothing_is_submitted(refused_file):
    SubmissionNumberCounter.objects.create(letter="CT", last=999_999)

    with pytest.raises(Refused, match="no submission numbers left"):
        note_file_not_taken(refused_file("FILE-02"))

    assert not Submission.objects.exists()
