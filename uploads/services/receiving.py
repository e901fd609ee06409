"""Taking a file in."""

import re
from datetime import datetime
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from django.db import IntegrityError, transaction

from core.history import record
from core.refusals import Refused, raise_if_any
from core.tabular.cells import as_text
from core.tabular.reading import read_sheet, refuse_at_sight

from ..enums import UploadState
from ..models import Upload
from ..rules.kinds import Period, UploadKind
from ..rules.rows import (
    HOUR,
    MOST_IN_AN_HOUR,
    file_is_new,
    order_number_can_be_quoted,
    uploads_are_spread_out,
)
from .memory import without_collector
from .reading import lay_out, tell_not_taken
from .staging import keep_rows

FORMULA_START = re.compile(r"^[=+\-@\s]")
"""How the name of a file does not begin: lists with it are taken away, and a spreadsheet would calculate it."""
READ_AT_ONCE = 300 * 1024
"""How many bytes a file can have that is read while its sender waits."""


def receive_upload(
    *,
    kind: UploadKind,
    period: Period,
    centre: Any,
    file_name: str,
    content: bytes,
    by: Any,
    at: datetime,
    order_number: str = "",
) -> Upload:
    """Take a file in; nothing in it is entered.

    One of up to 300 KB is read at once, and its rows are kept in one transaction. Of a larger one the bytes are kept
    until `read_upload` has read it: its state is RECEIVED, and somebody has to ring for that.
    Raises Refused where the file cannot be taken, and then nothing is kept; also where entries cannot be made now, and
    where the order number cannot be quoted. The app above is told of each file that was looked at and refused.
    """
    raise_if_any(refusal for refusal in [order_number_can_be_quoted(order_number.strip())] if refusal)
    raise_if_any(kind.refusals(period.key, centre, at))
    _refuse_too_many(by, at)
    upload = Upload(
        kind=kind.slug,
        period=period.key,
        period_title=period.title[:60],
        centre=centre,
        file_name=FORMULA_START.sub("_", as_text(PurePath(file_name).name)[-100:]),
        sha256=sha256(content).hexdigest(),
        received_by=by,
        received_at=at,
        keep_until=period.keep_until,
        order_number=order_number.strip(),
    )
    try:
        return _take(upload, kind, content)
    except Refused as refused:
        is_again = any(refusal.code == "UPLOAD-01" for refusal in refused.refusals)
        tell_not_taken(upload, kind, refused, at, _earlier(upload) if is_again else None)
        raise


def upload_of_same_file(*, kind: UploadKind, period: Period, centre: Any, content: bytes) -> Upload | None:
    """The upload by which these bytes were taken before."""
    digest = sha256(content).hexdigest()
    return _earlier(Upload(centre=centre, kind=kind.slug, period=period.key, sha256=digest))


@without_collector()
def _take(upload: Upload, kind: UploadKind, content: bytes) -> Upload:
    _refuse_again(upload)
    refuse_at_sight(upload.file_name, len(content))
    if len(content) <= READ_AT_ONCE:
        laid_out = lay_out(upload, kind, read_sheet(content, upload.file_name))
    else:
        laid_out, upload.state, upload.content = None, UploadState.RECEIVED, content
    try:
        with transaction.atomic():
            upload.save(force_insert=True)
            if laid_out:
                keep_rows(laid_out)
            record(by=upload.received_by, at=upload.received_at, action="upload.received", subjects=[upload])
    except IntegrityError:  # the same file, sent twice at once
        _refuse_again(upload)
        raise
    return upload


def _earlier(upload: Upload) -> Upload | None:
    same = {"kind": upload.kind, "period": upload.period, "sha256": upload.sha256}
    return Upload.objects.taken().filter(centre=upload.centre, **same).first()


def _refuse_again(upload: Upload) -> None:
    earlier = _earlier(upload)
    if earlier and (refusal := file_is_new(earlier.received_at, earlier.is_entered, earlier.is_queued)):
        raise Refused([refusal])


def _refuse_too_many(by: Any, at: datetime) -> None:
    times = list(
        Upload.objects.taken()
        .filter(received_by=by, received_at__gt=at - HOUR)
        .order_by("-received_at")
        .values_list("received_at", flat=True)[:MOST_IN_AN_HOUR]
    )
    refusal = uploads_are_spread_out(len(times), (times[-1] if times else at) + HOUR)
    raise_if_any([refusal] if refusal else [])
