"""Discarding uploads, and deleting what is kept no longer."""

from datetime import datetime
from typing import Any

from django.db import transaction

from core.history import record
from core.refusals import raise_if_any

from ..enums import RowState
from ..models import Upload, UploadRow
from ..rules.kinds import kind_of
from ..rules.rows import file_is_not_being_entered


@transaction.atomic
def discard_upload(*, upload: Upload, by: Any, at: datetime) -> bool:
    """Delete an upload of which no row is entered; whether it was deleted. One with entered rows stays.

    Raises Refused while its rows are being entered.
    """
    upload = Upload.objects.select_for_update(of=("self",)).get(pk=upload.pk)
    raise_if_any(refusal for refusal in [file_is_not_being_entered(upload.is_queued)] if refusal)
    if upload.rows.filter(state=RowState.ENTERED).exists():
        return False
    record(by=by, at=at, action="upload.discarded", subjects=[upload])
    upload.delete()
    return True


@transaction.atomic
def purge_uploads(*, at: datetime) -> int:
    """Delete the contents of files that are kept no longer (14 days after closing); the number of uploads.

    Where rows were entered, the upload stays with their numbers in the file and the references of their entries.
    """
    _follow_later_closings(at)
    uploads = list(Upload.objects.select_for_update(of=("self",)).expired(at))
    rows = UploadRow.objects.filter(upload__in=uploads)
    kept = set(rows.filter(state=RowState.ENTERED).order_by().values_list("upload_id", flat=True).distinct())
    rows.exclude(state=RowState.ENTERED).delete()
    rows.update(cells=[], formulas=[], mended={}, title="")
    Upload.objects.filter(pk__in=kept).update(same_for_all={}, notes=[], headings=[], mapping=[], purged_at=at)
    Upload.objects.filter(pk__in=[upload.pk for upload in uploads if upload.pk not in kept]).delete()
    return len(uploads)


def _follow_later_closings(at: datetime) -> None:
    """Keep what would be deleted where closing was moved after the file was received."""
    uploads = list(Upload.objects.expired(at))
    for slug, period in {(upload.kind, upload.period) for upload in uploads}:
        of_period = [upload for upload in uploads if (upload.kind, upload.period) == (slug, period)]
        kind = kind_of(slug)
        until = kind.keep_until(period, {upload.centre_id for upload in of_period}) if kind else {}
        for upload in of_period:
            upload.keep_until = until.get(upload.centre_id, upload.keep_until)
    Upload.objects.bulk_update(uploads, ["keep_until"], batch_size=500)
