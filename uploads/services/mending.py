"""Mending rows in the page, setting them aside and bringing them back."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from core.history import record
from core.refusals import raise_if_any

from ..enums import RowState, UploadState
from ..models import Upload, UploadRow
from ..rules.kinds import UploadKind
from ..rules.rows import Change, file_is_not_being_entered


@transaction.atomic
def save_rows(
    *,
    upload: Upload,
    kind: UploadKind,
    cells: Mapping[int, Mapping[str, Change]],
    aside: Collection[int] = (),
    back: Collection[int] = (),
    by: Any,
    at: datetime,
) -> int:
    """Keep what was typed into cells, right or wrong; the number of rows that were changed.

    cells: by row number and column, or question. A cell that was not changed in the page is left alone, so that what
    a colleague typed meanwhile stays. What the file had in it is never changed, and entered rows stay as they are.
    aside, back: the numbers of rows to be set aside, and to be brought back.
    Raises Refused while the rows are being entered.
    """
    upload = Upload.objects.select_for_update(of=("self",)).select_related("centre").get(pk=upload.pk)
    raise_if_any(refusal for refusal in [file_is_not_being_entered(upload.is_queued)] if refusal)
    may_change = {column.slug for column in kind.columns(upload.centre)} | set(kind.questions)
    rows = upload.rows.filter(number__in={*cells, *aside, *back}).exclude(state=RowState.ENTERED)
    changed = [
        row
        for row in rows
        if _mend(row, upload, cells.get(row.number, {}), may_change) | _move(row, aside=aside, back=back)
    ]
    if changed:
        UploadRow.objects.bulk_update(changed, ["mended", "state"], batch_size=500)
        settle_state(upload)
        upload.save(update_fields=["state"])
        numbers = {
            name: [None, sorted(row.number for row in changed if row.number in which)]
            for name, which in (("rows mended", cells), ("rows set aside", aside), ("rows brought back", back))
        }
        record(by=by, at=at, action="upload.mended", subjects=[upload], changes=numbers)
    return len(changed)


def settle_state(upload: Upload) -> None:
    """Say how far the upload has come, by its rows; the upload is not saved."""
    states = set(upload.rows.order_by().values_list("state", flat=True).distinct())
    if RowState.ENTERED in states:
        upload.state = UploadState.PARTLY if RowState.OPEN in states else UploadState.ENTERED


def _mend(row: UploadRow, upload: Upload, changes: Mapping[str, Change], may_change: set[str]) -> bool:
    typed = {slug: change.typed for slug, change in changes.items() if change.typed != change.shown}
    typed = {slug: text for slug, text in typed.items() if slug in may_change}
    row.mended = row.mended | typed
    return bool(typed)


def _move(row: UploadRow, *, aside: Collection[int], back: Collection[int]) -> bool:
    before = row.state
    if row.number in aside:
        row.state = RowState.SET_ASIDE
    elif row.number in back:
        row.state = RowState.OPEN
    return row.state != before
