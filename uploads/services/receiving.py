"""Taking a file in."""

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from django.db import IntegrityError, transaction

from core.history import record
from core.refusals import Refused, raise_if_any
from core.tabular.cells import as_text
from core.tabular.reading import Sheet, SheetRow, read_sheet

from ..models import Upload, UploadRow
from ..rules.headings import is_help_line, looks_like_headings, matched, place_of_headings
from ..rules.kinds import Period, UploadKind
from ..rules.rows import HOUR, MOST_IN_AN_HOUR, file_has_rows, file_is_new, uploads_are_spread_out
from .matching import known_headings_of, settle_headings

LOOKED_AT_FOR_HELP = 12
"""Among how many rows the template's help line is looked for."""


def receive_upload(
    *, kind: UploadKind, period: Period, centre: Any, file_name: str, content: bytes, by: Any, at: datetime
) -> Upload:
    """Read a file and keep its rows, in one transaction; nothing in it is entered.

    The row with the headings is found, help line and empty rows are left out, and headings that are known are matched.
    Raises Refused where the file cannot be taken, and then nothing is kept; also where entries cannot be made now.
    """
    raise_if_any(kind.refusals(period.key, centre, at))
    _refuse_too_many(by, at)
    digest = sha256(content).hexdigest()
    _refuse_again(kind, period, centre, digest)
    sheet = read_sheet(content, file_name)
    upload = Upload(
        kind=kind.slug,
        period=period.key,
        period_title=period.title[:60],
        centre=centre,
        file_name=as_text(PurePath(file_name).name)[-100:],
        sha256=digest,
        received_by=by,
        received_at=at,
        keep_until=period.keep_until,
    )
    rows = _lay_out(upload, kind, sheet)
    raise_if_any(refusal for refusal in [file_has_rows(len(rows), kind.nouns, kind.noun)] if refusal)
    try:
        with transaction.atomic():
            settle_headings(upload, kind)
            upload.save(force_insert=True)
            UploadRow.objects.bulk_create(rows, batch_size=500)
            record(by=by, at=at, action="upload.received", subjects=[upload])
    except IntegrityError:  # the same file, sent twice at once
        _refuse_again(kind, period, centre, digest)
        raise
    return upload


def upload_of_same_file(*, kind: UploadKind, period: Period, centre: Any, content: bytes) -> Upload | None:
    """The upload by which these bytes were taken before."""
    return _earlier(kind, period, centre, sha256(content).hexdigest())


def _earlier(kind: UploadKind, period: Period, centre: Any, digest: str) -> Upload | None:
    return Upload.objects.filter(centre=centre, kind=kind.slug, period=period.key, sha256=digest).first()


def _refuse_again(kind: UploadKind, period: Period, centre: Any, digest: str) -> None:
    earlier = _earlier(kind, period, centre, digest)
    if earlier and (refusal := file_is_new(earlier.received_at, earlier.is_entered)):
        raise Refused([refusal])


def _refuse_too_many(by: Any, at: datetime) -> None:
    times = list(
        Upload.objects.filter(received_by=by, received_at__gt=at - HOUR)
        .order_by("-received_at")
        .values_list("received_at", flat=True)[:MOST_IN_AN_HOUR]
    )
    refusal = uploads_are_spread_out(len(times), (times[-1] if times else at) + HOUR)
    raise_if_any([refusal] if refusal else [])


def _lay_out(upload: Upload, kind: UploadKind, sheet: Sheet) -> list[UploadRow]:
    """Give the upload its headings, their columns and its notes; the rows below the headings, not saved yet."""
    columns = kind.columns(upload.centre)
    known = known_headings_of(kind, upload.centre)
    place = place_of_headings([row.cells for row in sheet.rows], known)
    above, below = sheet.rows[:place], sheet.rows[place + 1 :]
    helps = [row for row in sheet.rows[:LOOKED_AT_FOR_HELP] if is_help_line(row.cells, columns)]
    rows = [row for row in below if row not in helps]
    width = max((len(row.cells) for row in sheet.rows[place:]), default=0)
    upload.headings = _padded(sheet.rows[place].cells if sheet.rows else (), width)
    filled = [any(column < len(row.cells) and row.cells[column].strip() for row in rows) for column in range(width)]
    upload.mapping = matched(upload.headings, filled, known)
    guessed = [row for row in sheet.rows[place : place + 1] if not looks_like_headings(row.cells, known)]
    upload.notes = [*_notes_of_guess(guessed, kind.noun), *_notes_of_rows(above, helps), *_notes_of_sheet(sheet)]
    return [
        UploadRow(upload=upload, number=row.number, cells=list(row.cells), formulas=sorted(row.formulas))
        for row in rows
    ]


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*(cell.strip() for cell in cells), *[""] * (width - len(cells))]


def _notes_of_guess(headings: Sequence[SheetRow], noun: str) -> list[str]:
    return [
        f"Row {row.number} was taken for the row of headings. If it is a {noun}, discard this file, put a row of "
        "headings above it and upload it again."
        for row in headings
    ]


def _notes_of_rows(above: Sequence[SheetRow], helps: Sequence[SheetRow]) -> list[str]:
    notes = [f"Row {row.number} is the help line of the template and was left out." for row in helps]
    titles = [str(row.number) for row in above if row not in helps]
    if len(titles) == 1:
        notes.append(f"Row {titles[0]} stands above the headings and was left out.")
    elif titles:
        notes.append(f"Rows {', '.join(titles[:-1])} and {titles[-1]} stand above the headings and were left out.")
    return notes


def _notes_of_sheet(sheet: Sheet) -> list[str]:
    if not sheet.others:
        return []
    others = "one other sheet, which was" if sheet.others == 1 else f"{sheet.others} other sheets, which were"
    return [f"We read the sheet “{sheet.title}”. The workbook has {others} not read."]
