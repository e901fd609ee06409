"""Submit: the one act that enters the rows of an upload that are ready."""

from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from core.history import record
from core.refusals import Refused, raise_if_any

from ..enums import RowState
from ..models import Upload, UploadRow
from ..rules.kinds import Batch, UploadKind
from ..rules.rows import rows_are_those_seen, something_is_ready
from .judging import JudgedRow, judge
from .mending import settle_state


def submit_upload(*, upload: Upload, kind: UploadKind, by: Any, at: datetime, seen: str) -> Upload:
    """Enter every row that is ready, in one transaction with all that belongs to it; the others stay as they are.

    seen: the fingerprint of what the check page showed. Sent twice, from one page, it enters nothing twice.
    at: when the request arrived; it decides whether entries could be made.
    Raises Refused with every reason, and then nothing is entered.
    """
    try:
        with transaction.atomic():
            return _submit(_lock(upload), kind, by, at, seen)
    except IntegrityError:
        # A colleague entered one of the rows in the meantime: what is ready has changed.
        changed = rows_are_those_seen(seen, judge(upload=upload, kind=kind, at=at).fingerprint)
        raise_if_any([changed] if changed else [])
        raise
    except Refused as refused:
        kind.after_refusal(refused, at)
        raise


def _submit(upload: Upload, kind: UploadKind, by: Any, at: datetime, seen: str) -> Upload:
    if seen and upload.last_submitted == seen:
        return upload
    judgement = judge(upload=upload, kind=kind, at=at)
    ready = judgement.ready
    raise_if_any(judgement.refusals)
    for reason in (rows_are_those_seen(seen, judgement.fingerprint), something_is_ready(len(ready))):
        raise_if_any([reason] if reason else [])
    references = kind.submit(Batch(upload.period, upload.centre, [row.typed for row in ready], by, at, upload))
    UploadRow.objects.bulk_create(  # the rows exist: this is an update, three times as fast as bulk_update
        [_entered(row, references[row.typed.key]) for row in ready],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["state", "reference", "title"],
        batch_size=500,
    )
    upload.submitted_at, upload.last_submitted = at, seen
    settle_state(upload)
    upload.save(update_fields=["submitted_at", "last_submitted", "state"])
    record(by=by, at=at, action="upload.submitted", subjects=[upload], changes={"rows entered": [None, len(ready)]})
    return upload


def _lock(upload: Upload) -> Upload:
    return Upload.objects.select_for_update(of=("self",)).select_related("centre").get(pk=upload.pk)


def _entered(judged: JudgedRow, reference: str) -> UploadRow:
    judged.row.state, judged.row.reference = RowState.ENTERED, reference
    judged.row.title = judged.verdict.title[:100]
    return judged.row
