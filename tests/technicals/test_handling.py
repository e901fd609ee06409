"""Moving submissions from status to status, and what staff do with one that stands still."""

from datetime import timedelta

import pytest

from core.history import history_of
from core.models import HistoryEntry
from core.refusals import Refusal, Refused
from outbox.models import OutgoingEmail
from technicals.enums import SubmissionStatus as Status
from technicals.models import Submission
from technicals.rules.handling import Act
from technicals.services.handling import put_back, reject, take_over
from technicals.services.moving import move
from tests.factories.accounts import UserFactory
from tests.factories.centres import MembershipFactory
from tests.technicals.submissions import OFFERED, kind_of_rows, submitted, upload_for
from uploads.enums import RowState, UploadState
from uploads.rules import kinds
from uploads.services import judge, purge_uploads

pytestmark = pytest.mark.django_db

NOTE = "Row 3 has a scheme code that was withdrawn."


@pytest.fixture(autouse=True)
def rows_are_ready(monkeypatch):
    """Nothing stands against the rows, but where a test says so."""
    monkeypatch.setitem(kinds._KINDS, "technicals", kind_of_rows())


def handle(submission, act, *, by, at, note=NOTE):
    """Do what a button of the page does."""
    if act == Act.PUT_BACK:
        return put_back(submission=submission, by=by, at=at)
    return {Act.TAKE_OVER: take_over, Act.REJECT: reject}[act](submission=submission, note=note, by=by, at=at)


def codes(refused):
    return [refusal.code for refusal in refused.value.refusals]


# --- moving -----------------------------------------------------------------------------------------------------------


def test_a_move_is_kept_with_its_fields_and_in_the_history(centre, officer, now):
    submission = submitted(centre, officer, Status.PROCESSING_IN_PROGRESS)
    counts = {"rows": 1, "registrations": 1}

    moved = move(submission=submission, to=Status.PROCESSING_COMPLETE, by=None, at=now, counts=counts, processed_at=now)

    submission.refresh_from_db()
    [line] = history_of(submission)
    assert (submission.status, submission.counts, submission.processed_at) == (Status.PROCESSING_COMPLETE, counts, now)
    assert moved.status == Status.PROCESSING_COMPLETE
    assert (line.action, line.by, line.at) == ("technicals-submission.moved", None, now)
    assert line.changes == {"entry status": ["processing-in-progress", "processing-complete"]}


def test_a_move_is_judged_by_the_row_as_it_stands_and_not_as_it_was_read(centre, officer, now):
    submission = submitted(centre, officer, Status.PROCESSING_IN_PROGRESS)
    Submission.objects.update(status=Status.PROCESSING_COMPLETE)

    with pytest.raises(Refused) as refused:
        move(submission=submission, to=Status.READ_AND_REJECTED, by=None, at=now)

    assert codes(refused) == ["HANDLING-01"]
    assert not HistoryEntry.objects.exists()


def test_the_worker_cannot_move_what_staff_handle(centre, officer, now):
    submission = submitted(centre, officer, Status.OCR_HANDLING_THIS)

    with pytest.raises(Refused) as refused:
        move(submission=submission, to=Status.READ_AND_REJECTED, by=officer, at=now)

    assert codes(refused) == ["HANDLING-02"]


# --- what staff do ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", Act)
@pytest.mark.parametrize("status", Status)
def test_staff_act_in_the_statuses_of_the_table_and_in_no_other(status, act, centre, officer, staff, now):
    submission = submitted(centre, officer, status)
    is_offered = act in OFFERED.get(status, set())

    if is_offered:
        handle(submission, act, by=staff, at=now)
    else:
        with pytest.raises(Refused) as refused:
            handle(submission, act, by=staff, at=now)
        assert codes(refused) == ["HANDLING-08"]

    submission.refresh_from_db()
    assert (submission.status != status) is is_offered
    assert HistoryEntry.objects.filter(action="technicals-submission.moved").exists() is is_offered


@pytest.mark.parametrize("act", Act)
def test_nobody_but_staff_acts(act, centre, officer, now):
    status = Status.READ_AND_RECOGNISED if act == Act.TAKE_OVER else Status.OCR_HANDLING_THIS
    submission = submitted(centre, officer, status)

    with pytest.raises(Refused) as refused:
        handle(submission, act, by=officer, at=now)

    submission.refresh_from_db()
    assert codes(refused) == ["HANDLING-02"]
    assert submission.status == status
    assert not OutgoingEmail.objects.exists()


def test_taking_over_a_rejected_submission_closes_its_rows_to_the_centre(centre, officer, staff, now):
    submission = submitted(centre, officer, Status.READ_AND_REJECTED)

    take_over(submission=submission, note=f" {NOTE} ", by=staff, at=now)

    submission.refresh_from_db()
    [line] = history_of(submission)
    assert (submission.status, submission.note) == (Status.OCR_HANDLING_THIS, NOTE)
    assert submission.upload.state == UploadState.QUEUED
    assert (line.by, line.changes["note"]) == (staff, [None, NOTE])


def test_putting_back_sets_all_as_when_it_was_submitted(centre, officer, staff, now):
    submission = submitted(
        centre, officer, Status.OCR_HANDLING_THIS, attempts=3, refusals=[{"code": "X", "sentence": "Y"}], note=NOTE
    )

    put_back(submission=submission, by=staff, at=now)

    submission.refresh_from_db()
    upload = submission.upload
    assert (submission.status, submission.attempts) == (Status.READ_AND_RECOGNISED, 0)
    assert (submission.refusals, submission.note) == ([], "")
    assert (upload.state, upload.submitted_by) == (UploadState.QUEUED, officer)
    assert upload.asked_at == submission.submitted_at
    assert upload.last_submitted == judge(upload=upload, kind=kinds.kind_of("technicals"), at=now).fingerprint != ""
    assert not OutgoingEmail.objects.exists()


def test_rejecting_opens_the_rows_to_the_centre_again(centre, officer, staff, now):
    submission = submitted(centre, officer, Status.OCR_HANDLING_THIS)

    reject(submission=submission, note=NOTE, by=staff, at=now)

    submission.refresh_from_db()
    assert (submission.status, submission.note) == (Status.READ_AND_REJECTED, NOTE)
    assert (submission.upload.state, submission.upload.asked_at) == (UploadState.OPEN, None)


def test_handling_07_rows_that_the_worker_would_refuse_are_not_put_back(monkeypatch, centre, officer, staff, now):
    refusal = Refusal("SERIES-01", "Entries have closed.", "series")
    monkeypatch.setitem(kinds._KINDS, "technicals", kind_of_rows([refusal]))
    submission = submitted(centre, officer, Status.OCR_HANDLING_THIS)

    with pytest.raises(Refused) as refused:
        put_back(submission=submission, by=staff, at=now)

    submission.refresh_from_db()
    assert codes(refused) == ["HANDLING-07"]
    assert submission.status == Status.OCR_HANDLING_THIS


@pytest.mark.parametrize("state", [RowState.ENTERED, RowState.SET_ASIDE])
def test_handling_05_rows_of_which_none_waits_are_not_put_back(state, centre, officer, staff, now):
    submission = submitted(centre, officer, Status.OCR_HANDLING_THIS)
    submission.upload.rows.update(state=state, reference="CT1" if state == RowState.ENTERED else "")

    with pytest.raises(Refused) as refused:
        put_back(submission=submission, by=staff, at=now)

    submission.refresh_from_db()
    assert codes(refused) == ["HANDLING-05"]
    assert submission.status == Status.OCR_HANDLING_THIS


@pytest.mark.parametrize("gone", ["entered", "purged", "discarded"])
def test_handling_05_an_upload_that_was_entered_or_is_gone_is_left_as_it_is(gone, centre, officer, staff, now):
    submission = submitted(centre, officer, Status.OCR_HANDLING_THIS)
    upload = submission.upload
    if gone == "discarded":
        upload.delete()
        submission.refresh_from_db()
    else:
        upload.state, upload.purged_at = ("entered", None) if gone == "entered" else ("queued", now)
        upload.save()

    with pytest.raises(Refused) as refused:
        put_back(submission=submission, by=staff, at=now)
    reject(submission=submission, note=NOTE, by=staff, at=now)

    submission.refresh_from_db()
    assert codes(refused) == ["HANDLING-05"]
    assert submission.status == Status.READ_AND_REJECTED
    assert gone != "entered" or submission.upload.state == UploadState.ENTERED


def test_handling_06_a_rejected_submission_that_was_submitted_again_is_not_taken_over(centre, officer, staff, now):
    upload = upload_for(centre, officer, state=UploadState.QUEUED)
    first = submitted(centre, officer, Status.READ_AND_REJECTED, upload=upload)
    second = submitted(centre, officer, Status.READ_AND_RECOGNISED, upload=upload)

    with pytest.raises(Refused) as refused:
        take_over(submission=first, note=NOTE, by=staff, at=now)
    take_over(submission=second, note=NOTE, by=staff, at=now)

    assert codes(refused) == ["HANDLING-06"]
    assert second.number in str(refused.value)


# --- the mails --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("act", "status", "said"),
    [
        (Act.TAKE_OVER, Status.READ_AND_RECOGNISED, "You need do nothing"),
        (Act.REJECT, Status.OCR_HANDLING_THIS, "mend what our note names, and submit it again"),
    ],
)
def test_the_submitter_is_told_what_to_do_with_a_copy_to_the_exams_officer(
    act, status, said, centre, officer, priya, staff, now
):
    submission = submitted(centre, priya, status)

    handle(submission, act, by=staff, at=now)

    mail = OutgoingEmail.objects.get()
    assert (mail.to, mail.cc) == ([priya.email], [officer.email])
    assert mail.key == f"technicals-submission-{act}:{submission.number}:1"
    assert said in mail.text
    assert NOTE in mail.text
    assert NOTE in mail.html
    assert f"/technicals/submissions/{submission.number}/" in mail.text
    assert submission.number in mail.subject


def test_each_time_that_staff_act_a_mail_of_its_own_is_written(centre, officer, staff, now):
    submission = submitted(centre, officer)

    for _ in range(2):
        take_over(submission=submission, note=NOTE, by=staff, at=now)
        put_back(submission=submission, by=staff, at=now)

    assert OutgoingEmail.objects.count() == 2


def test_where_the_submitter_left_the_officer_is_told_or_else_all_who_make_entries(
    centre, priya, colleague, staff, now
):
    gone = MembershipFactory(centre=centre, ended_at=now).user
    submission = submitted(centre, gone)

    take_over(submission=submission, note=NOTE, by=staff, at=now)

    mail = OutgoingEmail.objects.get()
    assert (mail.to, mail.cc) == ([priya.email], [])


def test_where_nobody_makes_entries_no_mail_is_written(centre, colleague, staff, now):
    submission = submitted(centre, UserFactory())

    take_over(submission=submission, note=NOTE, by=staff, at=now)

    assert not OutgoingEmail.objects.exists()


def test_rows_that_staff_reject_are_kept_for_a_while_to_be_mended(centre, officer, staff, now):
    submission = submitted(centre, officer, Status.OCR_HANDLING_THIS)
    late = submission.upload.keep_until + timedelta(days=1)

    reject(submission=submission, note=NOTE, by=staff, at=late)

    assert purge_uploads(at=late + timedelta(days=13)) == 0
    assert purge_uploads(at=late + timedelta(days=15)) == 1
