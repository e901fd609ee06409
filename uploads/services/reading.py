"""Reading a file that waits for it, behind the page; and laying out what was read, wherever it was read."""

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime

import structlog
from django.db import transaction

from core.history import record
from core.refusals import Refused, raise_if_any
from core.tabular.reading import Sheet, SheetRow, read_sheet

from ..enums import UploadState
from ..models import Upload
from ..rules.headings import is_help_line, looks_like_headings, matched, place_of_headings
from ..rules.kinds import FileNotTaken, Period, UploadKind, kind_of
from ..rules.rows import file_has_rows, reading_can_go_on
from .matching import known_headings_of, settle_headings
from .memory import without_collector
from .staging import LaidOut, keep_rows

log = structlog.get_logger(__name__)
LOOKED_AT_FOR_HELP = 12
"""Among how many rows the template's help lines are looked for."""
TEMPLATE_TITLE = "Template"
"""The sheet of our own template that is filled in; the other one explains it."""


def read_upload(*, upload_pk: int, at: datetime) -> bool:
    """Read a file that waits for it, and keep its rows, or why it is not taken; whether this call did so.

    May be called any number of times, by several workers at once: the rows are kept once. Nothing is entered.
    """
    upload = Upload.objects.select_related("centre", "received_by").filter(pk=upload_pk).first()
    kind = kind_of(upload.kind) if upload else None
    if upload is None or kind is None or not _tell(upload, "Reading the file"):
        return False
    try:
        return _read(upload, kind)
    except Refused as refused:
        return _refuse(upload, kind, refused, at)
    except Exception:
        given_up = reading_can_go_on(upload.received_at, at)
        if given_up is None:
            raise
        log.exception("upload_not_read", upload=upload.pk)
        return _refuse(upload, kind, Refused([given_up]), at)


def lay_out(upload: Upload, kind: UploadKind, sheet: Sheet) -> LaidOut:
    """Give the upload its headings, their columns, its notes and its state; the rows below the headings.

    Nothing is saved. Raises Refused where there are no rows.
    """
    columns = kind.columns_of_files(upload.centre)
    known = known_headings_of(kind, upload.centre)
    place = place_of_headings([row.cells for row in sheet.rows], known)
    above, below = sheet.rows[:place], sheet.rows[place + 1 :]
    helps = [row for row in sheet.rows[:LOOKED_AT_FOR_HELP] if is_help_line(row.cells, columns)]
    help_numbers = {row.number for row in helps}
    rows = [row for row in below if row.number not in help_numbers]
    raise_if_any(refusal for refusal in [file_has_rows(len(rows), kind.nouns, kind.noun)] if refusal)
    width = max((len(row.cells) for row in sheet.rows[place:]), default=0)
    upload.headings = _padded(sheet.rows[place].cells if sheet.rows else (), width)
    upload.mapping = matched(upload.headings, _filled(rows, width), known)
    guessed = [row for row in sheet.rows[place : place + 1] if not looks_like_headings(row.cells, known)]
    upload.notes = [*_notes_of_guess(guessed, kind.nouns), *_notes_of_rows(above, helps), *_notes_of_sheet(sheet)]
    upload.state, upload.content, upload.progress = UploadState.HEADINGS, None, f"{len(rows):,} rows kept"
    settle_headings(upload, kind)
    return LaidOut(upload, rows)


def tell_not_taken(upload: Upload, kind: UploadKind, refused: Refused, at: datetime, earlier: Upload | None) -> None:
    """Tell the app above of a file that was refused, outside of any transaction of ours."""
    period = Period(upload.period, upload.period_title, upload.keep_until)
    kind.not_taken(
        FileNotTaken(
            period=period,
            centre=upload.centre,
            file_name=upload.file_name,
            refusals=refused.refusals,
            by=upload.received_by,
            at=at,
            order_number=upload.order_number,
            earlier=earlier,
        )
    )


def _tell(upload: Upload, progress: str) -> bool:
    """Say how far the reading is, for the page that waits; False where there is nothing to read any more."""
    return bool(Upload.objects.filter(pk=upload.pk, state=UploadState.RECEIVED).update(progress=progress))


@without_collector()
def _read(upload: Upload, kind: UploadKind) -> bool:
    sheet = read_sheet(bytes(upload.content or b""), upload.file_name)
    laid_out = lay_out(upload, kind, sheet)
    _tell(upload, f"{len(laid_out.rows):,} rows read, now keeping them")
    with transaction.atomic():
        if Upload.objects.locked(upload.pk, UploadState.RECEIVED) is None:
            return False
        keep_rows(laid_out)
        upload.save(update_fields=["headings", "mapping", "notes", "state", "content", "progress"])
        record(by=None, at=upload.received_at, action="upload.read", subjects=[upload])
    return True


def _refuse(upload: Upload, kind: UploadKind, refused: Refused, at: datetime) -> bool:
    with transaction.atomic():
        if Upload.objects.locked(upload.pk, UploadState.RECEIVED) is None:
            return False
        upload.state, upload.content, upload.progress = UploadState.NOT_TAKEN, None, ""
        upload.refusals = [asdict(refusal) for refusal in refused.refusals]
        upload.save(update_fields=["state", "content", "progress", "refusals"])
        record(by=None, at=at, action="upload.not-taken", subjects=[upload], note=str(refused)[:200])
    tell_not_taken(upload, kind, refused, at, None)
    return True


def _padded(cells: Sequence[str], width: int) -> list[str]:
    return [*(cell.strip() for cell in cells), *[""] * (width - len(cells))]


def _filled(rows: Sequence[SheetRow], width: int) -> list[bool]:
    """Whether anything stands below each heading."""
    return [any(column < len(row.cells) and row.cells[column].strip() for row in rows) for column in range(width)]


def _notes_of_guess(headings: Sequence[SheetRow], nouns: str) -> list[str]:
    return [
        f"Row {row.number} was taken for the row of headings. If it is one of your {nouns}, discard this file, put a "
        "row of headings above it and upload it again."
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
    if not sheet.others or (sheet.title == TEMPLATE_TITLE and sheet.others == 1):
        return []
    others = "one other sheet, which was" if sheet.others == 1 else f"{sheet.others} other sheets, which were"
    return [f"We read the sheet “{sheet.title}”. The workbook has {others} not read."]
