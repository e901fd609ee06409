"""Entering the rows of a submitted upload behind the page."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from django.db import IntegrityError, transaction

from core.history import record
from core.refusals import Refusal, Refused, raise_if_any

from ..enums import UploadState
from ..models import Upload
from ..rules.kinds import Later, UploadKind, kind_of
from ..rules.rows import rows_are_those_seen
from .judging import Judgement, judge
from .mending import settle_state
from .submitting import enter_rows

MOST_TOLD = 200
"""How many rows are named where a Submit is refused behind the page."""


def enter_queued(*, upload_pk: int, at: datetime) -> bool:
    """Enter the rows of an upload that waits in the queue, as they were at Submit; whether this call entered them.

    They are judged at the moment of Submit. May be called any number of times, by several workers at once: they are
    entered once. Where they are refused the upload is open again, and the app above is told why. Whatever else goes
    wrong is raised, nothing is entered, and the upload still waits.
    """
    upload = Upload.objects.filter(pk=upload_pk, state=UploadState.QUEUED).first()
    kind = kind_of(upload.kind) if upload else None
    if kind is None or kind.later is None or not _begin(upload_pk, kind, kind.later, at):
        return False
    try:
        with transaction.atomic():
            return _enter(upload_pk, kind, at)
    except Refused as refused:
        _put_back(upload_pk, kind.later, refused.refusals, at)
    except IntegrityError:  # somebody else entered one of them meanwhile; otherwise it is our own mistake
        changed = _changed(upload_pk, kind)
        if not changed:
            raise
        _put_back(upload_pk, kind.later, changed, at)
    return False


@transaction.atomic
def _begin(upload_pk: int, kind: UploadKind, later: Later, at: datetime) -> bool:
    upload = Upload.objects.locked(upload_pk, UploadState.QUEUED)
    if upload is None:
        return False
    kind.lock(upload.centre)  # to have waited in vain for others is no attempt
    if later.begun(upload, at):
        return True
    if not upload.is_queued:
        _reopen(upload, at)
    return False


def _enter(upload_pk: int, kind: UploadKind, at: datetime) -> bool:
    upload = Upload.objects.locked(upload_pk, UploadState.QUEUED)
    if upload is None:
        return False
    kind.lock(upload.centre)
    judgement = judge(upload=upload, kind=kind, at=upload.asked_at)
    raise_if_any(judgement.refusals)
    raise_if_any(_refusals_of_change(upload, judgement))
    enter_rows(upload, kind, judgement.ready, upload.submitted_by, upload.asked_at, entered_at=at)
    return True


def _changed(upload_pk: int, kind: UploadKind) -> list[Refusal]:
    upload = Upload.objects.select_related("centre").get(pk=upload_pk)
    return _refusals_of_change(upload, judge(upload=upload, kind=kind, at=upload.asked_at or upload.received_at))


def _refusals_of_change(upload: Upload, judgement: Judgement) -> list[Refusal]:
    """That the rows are no longer those of Submit, with what stands against the first of them now."""
    changed = rows_are_those_seen(upload.last_submitted, judgement.fingerprint, is_later=True)
    if changed is None:
        return []
    rows = [
        replace(refusal, sentence=f"Row {judged.row.number}: {refusal.sentence}")
        for judged in judgement.to_mend[:MOST_TOLD]
        for refusal in judged.verdict.refusals
    ]
    return [changed, *rows]


@transaction.atomic
def _put_back(upload_pk: int, later: Later, refusals: Sequence[Refusal], at: datetime) -> None:
    upload = Upload.objects.select_for_update(of=("self",)).select_related("centre").get(pk=upload_pk)
    if upload.is_queued and later.refused(upload, refusals, at):
        _reopen(upload, at)
        record(by=None, at=at, action="upload.not-entered", subjects=[upload], note=refusals[0].sentence[:200])


def _reopen(upload: Upload, at: datetime) -> None:
    """Its rows can be mended and submitted again, also as they are."""
    upload.leave_time_to_mend(at)
    upload.state, upload.last_submitted, upload.asked_at = UploadState.OPEN, "", None
    settle_state(upload)
    upload.save(update_fields=["state", "last_submitted", "asked_at", "keep_until"])
