"""What a submission tells while its rows are entered behind the page (guide "Viewing entries", decision 0018)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse

from core.history import record
from core.refusals import Refusal
from outbox.services import raise_alert
from uploads.enums import UploadState
from uploads.rules.kinds import Batch, kind_of
from uploads.services import judge

from ..enums import WAITING, Channel, SeriesKind, SubmissionStatus
from ..models import Series, Submission
from ..rules.submitting import nothing_is_entered_twice, processing_failed
from .moving import MOVED, move
from .numbers import take_submission_numbers

MOST_TOLD = 200
"""How many rows are named in the history of a submission."""
MOST_ATTEMPTS = 3
"""How often the processing of a submission is begun before it is given up."""


def queue_submission(batch: Batch) -> None:
    """Make the line of the history for a spreadsheet that is submitted, inside the transaction of Submit."""
    series = Series.objects.filter(pk=int(batch.period)).exclude(kind=SeriesKind.REGISTRATION).first()
    [number] = take_submission_numbers(1)
    submission = Submission.objects.create(
        number=number,
        centre=batch.centre,
        channel=Channel.SPREADSHEET,
        status=SubmissionStatus.READ_AND_RECOGNISED,
        upload=batch.upload,
        file_name=batch.upload.file_name,
        series=series,
        order_number=batch.upload.order_number,
        submitted_by=batch.by,
        submitted_at=batch.at,
        counts={"rows": len(batch.rows)},
    )
    changes = {"entry status": [None, submission.status]}
    record(by=batch.by, at=batch.at, action=MOVED, subjects=[submission], changes=changes)


def begin_work(upload: Any, at: datetime) -> bool:
    """Note that the processing of an upload's submission begins; False where staff have it, or it is given up."""
    submission = Submission.objects.select_for_update().filter(upload=upload, status__in=WAITING).first()
    if submission is None:
        return False
    if submission.attempts >= MOST_ATTEMPTS:
        _give_up(submission, upload, at)
        return False
    submission.attempts += 1
    submission.save(update_fields=["attempts"])
    if submission.status == SubmissionStatus.READ_AND_RECOGNISED:
        move(submission=submission, to=SubmissionStatus.PROCESSING_IN_PROGRESS, by=None, at=at)
    return True


def reject_submission(upload: Any, refusals: Sequence[Refusal], at: datetime) -> bool:
    """Say that a submission could not be processed and why; Duplicate file where all its rows stand entered.

    False where no submission of the upload waits, because staff took it over: then its rows stay as they are.
    """
    submission = Submission.objects.filter(upload=upload, status__in=WAITING).first()
    if submission is None:
        return False
    told = [{"code": refusal.code, "sentence": refusal.sentence, "row": None} for refusal in refusals]
    entered = _rows_entered_already(upload, at)
    move(
        submission=submission,
        to=SubmissionStatus.DUPLICATE_FILE if entered else SubmissionStatus.READ_AND_REJECTED,
        by=None,
        at=at,
        processed_at=at,
        refusals=entered or told,
    )
    return True


def _rows_entered_already(upload: Any, at: datetime) -> list[dict[str, Any]]:
    """What is told where every row of an upload stands entered by now; empty where one does not."""
    kind = kind_of(upload.kind)
    rows = judge(upload=upload, kind=kind, at=at).open_rows if kind else ()
    if not rows or not all(row.is_already_entered for row in rows):
        return []
    why = nothing_is_entered_twice()
    of_rows = [
        {"code": why.code, "sentence": f"Entered in {row.verdict.already}.", "row": row.row.number}
        for row in rows[:MOST_TOLD]
    ]
    return [{"code": why.code, "sentence": why.sentence, "row": None}, *of_rows]


def confirmation_url(upload: Any) -> str:
    """The page of the last submission of an upload."""
    number = Submission.objects.filter(upload=upload).order_by("-pk").values_list("number", flat=True).first()
    return reverse("technicals:submission", args=[number]) if number else reverse("technicals:submissions")


def _give_up(submission: Submission, upload: Any, at: datetime) -> None:
    upload.state = UploadState.OPEN
    upload.last_submitted = ""
    upload.save(update_fields=["state", "last_submitted"])
    reject_submission(upload, [processing_failed(submission.number)], at)
    raise_alert(
        key=f"technicals-submission-failed:{submission.number}",
        sentence=f"Submission {submission.number} failed three times and was rejected. The log has the reason.",
        at=at,
    )
