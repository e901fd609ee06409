"""What staff do with a submission that stands still: take it over, put it back into the queue, or reject it."""

from datetime import datetime
from typing import Any

from django.db import transaction

from core.refusals import raise_if_any
from uploads.enums import RowState, UploadState
from uploads.models import Upload
from uploads.rules.kinds import kind_of
from uploads.services import judge

from ..models import Submission
from ..rules.handling import (
    TARGETS,
    Act,
    HandlingFacts,
    MoveFacts,
    no_row_is_to_mend,
    refusals_to_handle,
    refusals_to_move,
)
from .handling_mails import queue_handling_mail
from .moving import move

NOT_ENTERED = (UploadState.OPEN, UploadState.QUEUED)


@transaction.atomic
def take_over(*, submission: Submission, note: str, by: Any, at: datetime) -> Submission:
    """Stop the processing of a submission, or begin with a rejected one anew: OCR handling this. Raises Refused.

    The centre cannot change the rows meanwhile, and the worker leaves them. The person who submitted is told by mail.
    """
    submission, upload = _judged(submission, Act.TAKE_OVER, note=note, by=by)
    moved = move(submission=submission, to=TARGETS[Act.TAKE_OVER], by=by, at=at, note=note.strip())
    _set_state(upload, UploadState.QUEUED)
    queue_handling_mail(moved, act=Act.TAKE_OVER, at=at)
    return moved


@transaction.atomic
def put_back(*, submission: Submission, by: Any, at: datetime) -> Submission:
    """Let the worker go on with a submission, as its rows stand now and as if it were the moment of Submit.

    Raises Refused, also where a row has something to mend that staff have not put right.
    """
    submission, upload = _judged(submission, Act.PUT_BACK, note="", by=by)
    seen = _fingerprint(upload, submission) if upload else ""
    moved = move(submission=submission, to=TARGETS[Act.PUT_BACK], by=by, at=at, note="", refusals=[], attempts=0)
    asked = {"submitted_by": moved.submitted_by, "asked_at": moved.submitted_at, "last_submitted": seen}
    _set_state(upload, UploadState.QUEUED, **asked)
    return moved


@transaction.atomic
def reject(*, submission: Submission, note: str, by: Any, at: datetime) -> Submission:
    """Give a submission back to the centre, which can mend its rows and submit again. Raises Refused.

    The person who submitted is told by mail, with what to do.
    """
    submission, upload = _judged(submission, Act.REJECT, note=note, by=by)
    moved = move(submission=submission, to=TARGETS[Act.REJECT], by=by, at=at, note=note.strip(), processed_at=at)
    if upload:
        upload.leave_time_to_mend(at)
        _set_state(upload, UploadState.OPEN, asked_at=None, last_submitted="", keep_until=upload.keep_until)
    queue_handling_mail(moved, act=Act.REJECT, at=at)
    return moved


def _judged(submission: Submission, act: Act, *, note: str, by: Any) -> tuple[Submission, Upload | None]:
    """The submission and its upload, both locked, the upload first as the worker does. Raises Refused."""
    upload = Upload.objects.select_for_update(of=("self",)).filter(pk__in=[submission.upload_id]).first()
    submission = Submission.objects.select_for_update(of=("self",)).select_related("submitted_by").get(pk=submission.pk)
    has_rows, again = _has_rows(upload), _submitted_again(submission)
    raise_if_any(refusals_to_handle(HandlingFacts(act, submission.status, note, has_rows, again)))
    raise_if_any(refusals_to_move(MoveFacts(submission.status, TARGETS[act], by.is_staff)))
    return submission, upload


def _fingerprint(upload: Upload, submission: Submission) -> str:
    """What the worker has to find again: the rows that are ready. Raises Refused where others are not."""
    kind = kind_of(upload.kind)
    if kind is None:
        return ""
    judgement = judge(upload=upload, kind=kind, at=submission.submitted_at)
    refusal = no_row_is_to_mend(judgement.to_mend[0].row.number if judgement.to_mend else 0, len(judgement.to_mend))
    raise_if_any([*judgement.refusals, *([refusal] if refusal else [])])
    return judgement.fingerprint


def _has_rows(upload: Upload | None) -> bool:
    if upload is None or upload.purged_at or upload.state not in NOT_ENTERED:
        return False
    return upload.rows.filter(state=RowState.OPEN).exists()


def _submitted_again(submission: Submission) -> str:
    """The number of the last submission of the same upload, where that is another one."""
    if submission.upload_id is None:
        return ""
    later = Submission.objects.filter(upload=submission.upload_id, pk__gt=submission.pk).order_by("pk").last()
    return later.number if later else ""


def _set_state(upload: Upload | None, state: UploadState, **fields: Any) -> None:
    """Open or close the rows to the centre; an upload of which rows are entered stays as it is."""
    if upload is None or upload.state not in NOT_ENTERED:
        return
    upload.state = state
    for name, value in fields.items():
        setattr(upload, name, value)
    upload.save(update_fields=["state", *fields])
