"""Submit: the one act that enters the rows of an upload that are ready, or puts them into the queue."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from core.bulk import update_rows
from core.history import record
from core.refusals import Refusal, Refused, raise_if_any

from ..enums import RowState, UploadState
from ..models import Upload, UploadRow
from ..rules.kinds import Batch, UploadKind
from ..rules.rows import (
    amount_is_accepted,
    file_is_not_being_entered,
    nothing_is_left_to_mend,
    rows_are_those_seen,
    something_is_ready,
)
from .judging import JudgedRow, Judgement, judge, preview_of
from .memory import without_collector
from .mending import settle_state


def submit_upload(*, upload: Upload, kind: UploadKind, by: Any, at: datetime, seen: str, accepted: str = "") -> Upload:
    """Enter every row that is ready, in one transaction with all that belongs to it; the others stay as they are.

    Where the kind enters later, the upload is QUEUED instead, for `enter_queued`, and nothing in it can be changed.
    seen: the fingerprint of what the check page showed. Sent twice, from one page, it enters nothing twice.
    at: when the request arrived; it decides whether entries could be made.
    accepted: what the tick of the check page answered, where there was something to accept.
    Raises Refused with every reason, and then nothing is entered.
    """
    try:
        with transaction.atomic():
            return _submit(_lock(upload), kind, by, at, seen, accepted)
    except IntegrityError:
        # A colleague entered one of the rows in the meantime: what is ready has changed.
        changed = rows_are_those_seen(seen, judge(upload=upload, kind=kind, at=at).fingerprint)
        raise_if_any([changed] if changed else [])
        raise
    except Refused as refused:
        kind.after_refusal(refused, at)
        raise


@without_collector()
def enter_rows(
    upload: Upload,
    kind: UploadKind,
    ready: Sequence[JudgedRow],
    by: Any,
    at: datetime,
    *,
    entered_at: datetime | None = None,
) -> None:
    """Enter rows that were judged ready, inside the caller's transaction, and say so on them and on their upload.

    entered_at: when that is done, where it is later than Submit.
    """
    references = kind.submit(_batch(upload, ready, by, at, entered_at))
    update_rows(
        UploadRow,
        fields=["reference", "title"],
        rows=[[row.row.pk, references[row.typed.key], row.verdict.title[:100]] for row in ready],
        same={"state": RowState.ENTERED},
    )
    upload.submitted_at = at
    settle_state(upload)
    upload.save(update_fields=["submitted_at", "last_submitted", "state"])
    record(by=by, at=at, action="upload.submitted", subjects=[upload], changes={"rows entered": [None, len(ready)]})


def _submit(upload: Upload, kind: UploadKind, by: Any, at: datetime, seen: str, accepted: str) -> Upload:
    if seen and upload.last_submitted == seen:
        return upload
    if kind.later is None:  # otherwise they are judged again under that lock, when they are entered
        kind.lock(upload.centre)
    judgement = judge(upload=upload, kind=kind, at=at)
    raise_if_any(judgement.refusals)
    first = next(_reasons(upload, kind, judgement, seen, accepted), None)
    raise_if_any([first] if first else [])
    upload.last_submitted = seen
    if kind.later:
        _queue(upload, kind, judgement.ready, by, at)
    else:
        enter_rows(upload, kind, judgement.ready, by, at)
    return upload


def _reasons(upload: Upload, kind: UploadKind, judgement: Judgement, seen: str, accepted: str) -> Iterator[Refusal]:
    """The reasons against this Submit. Each is asked only where those before it do not hold."""
    rules = (
        lambda: file_is_not_being_entered(upload.is_queued),
        lambda: rows_are_those_seen(seen, judgement.fingerprint),
        lambda: something_is_ready(len(judgement.ready)),
        lambda: nothing_is_left_to_mend(len(judgement.to_mend) if kind.all_together else 0),
        lambda: _amount_is_accepted(kind, judgement, accepted),
    )
    return (refusal for rule in rules if (refusal := rule()))


def _amount_is_accepted(kind: UploadKind, judgement: Judgement, accepted: str) -> Refusal | None:
    preview = preview_of(kind, judgement)
    return amount_is_accepted(accepted, preview.accept_as, preview.accept) if preview and preview.accept else None


def _queue(upload: Upload, kind: UploadKind, ready: Sequence[JudgedRow], by: Any, at: datetime) -> None:
    upload.state, upload.submitted_by, upload.asked_at = UploadState.QUEUED, by, at
    upload.save(update_fields=["state", "submitted_by", "asked_at", "last_submitted"])
    record(by=by, at=at, action="upload.queued", subjects=[upload], changes={"rows": [None, len(ready)]})
    if kind.later:
        kind.later.queued(_batch(upload, ready, by, at))


def _batch(
    upload: Upload, ready: Sequence[JudgedRow], by: Any, at: datetime, entered_at: datetime | None = None
) -> Batch:
    verdicts = [row.verdict for row in ready]
    return Batch(upload.period, upload.centre, [row.typed for row in ready], by, at, upload, verdicts, entered_at or at)


def _lock(upload: Upload) -> Upload:
    return Upload.objects.select_for_update(of=("self",)).select_related("centre").get(pk=upload.pk)
