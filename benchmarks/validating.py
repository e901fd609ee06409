"""From the bytes of a file to the first page of its errors, beside the bare reader with COPY of the same rows."""

import csv
import io
import json
from dataclasses import dataclass
from uuid import uuid4

from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from python_calamine import CalamineWorkbook

from technicals.kinds import TECHNICALS_ENTRIES
from uploads.models import Upload, UploadRow
from uploads.services import read_upload, receive_upload

from .database import copy_of, empty
from .files import errors_in, workbook
from .measuring import Act, Bound, Figure, exponent, in_seconds, medians, of_each
from .school import School

AGAINST_COPY = Bound(limit=8, aim=4)
GROWTH = Bound(limit=1.1)
QUERIES = Bound(limit=40)
ON_A_PAGE = 25
OF_TRANSACTIONS = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")
STAGED = ("key", "number", "cells", "formulas", "mended", "state", "title", "reference", "upload_id")


@dataclass(frozen=True)
class Validating:
    """What is measured with one file."""

    school: School
    rows: int
    content: bytes

    @classmethod
    def of(cls, school: School, rows: int) -> "Validating":
        return cls(school, rows, workbook(rows, with_errors=True))

    def ours(self) -> Act:
        """Receive and read the file, and open the page of errors, which judges every row."""
        empty([Upload])
        return lambda: self.open_page(stage(self.school, self.content))

    def page(self) -> Act:
        """The page alone: every row judged, and the first errors shown."""
        empty([Upload])
        upload = stage(self.school, self.content)
        return lambda: self.open_page(upload)

    def bare(self) -> Act:
        """The reader with nothing round it, and COPY."""
        table = copy_of(UploadRow)
        return lambda: copy_rows(table, self.content)

    def queries(self) -> int:
        """How many queries ours asks, of the whole page too."""
        return queries_of(self.ours())

    def open_page(self, upload: Upload) -> None:
        """Open the page as the officer does; it is proven to have the errors."""
        page = self.school.client.get(reverse("uploads:mend", args=[upload.key]))
        errors = errors_in(self.rows)
        shown = page.content.count(b'class="mend-row"')
        if page.status_code != 200 or shown != min(errors, ON_A_PAGE) or f"{errors} to mend" not in page.text:
            raise AssertionError(f"The page ({page.status_code}) shows {shown} rows and does not speak of {errors}.")


def queries_of(act: Act) -> int:
    """How many queries a call asks; the beginnings and ends of transactions are none."""
    with CaptureQueriesContext(connection) as asked:
        act()
    return sum(not query["sql"].startswith(OF_TRANSACTIONS) for query in asked.captured_queries)


def stage(school: School, content: bytes) -> Upload:
    """Receive a file as the upload page does, and read it as the worker does where it is large."""
    at = timezone.now()
    upload = receive_upload(
        kind=TECHNICALS_ENTRIES,
        period=TECHNICALS_ENTRIES.periods(school.centre, at)[0],
        centre=school.centre,
        file_name="entries.xlsx",
        content=content,
        by=school.officer,
        at=at,
    )
    if upload.is_being_read:
        read_upload(upload_pk=upload.pk, at=at)
    return upload


def staged(school: School, content: bytes) -> Upload:
    """The same, as it stands in the database then."""
    return Upload.objects.select_related("centre", "received_by").get(pk=stage(school, content).pk)


def copy_rows(table: str, content: bytes) -> None:
    """Read a workbook and COPY its rows into a table like that of uploaded rows."""
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    file = io.StringIO()
    csv.writer(file).writerows(
        (uuid4(), number, json.dumps(cells), "[]", "{}", "open", "", "", 1)
        for number, cells in enumerate(rows[1:], start=2)
    )
    file.seek(0)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.copy_expert(f"COPY {table} ({', '.join(STAGED)}) FROM STDIN WITH (FORMAT csv, NULL '\\N')", file)


def figures(school: School, rows: int, rounds: int) -> tuple[list[Figure], float]:
    """The lines of the table about validating, and the median seconds of ours for the largest file."""
    files = {size: Validating.of(school, size) for size in sizes(rows)}
    largest = files[rows]
    ways = {f"{size:,} rows validated": file.ours for size, file in files.items()}
    times = medians(ways | {"page alone": largest.page, "bare reader and COPY": largest.bare}, rounds)
    grown = {size: times[f"{size:,} rows validated"] for size in files}
    ours, bare = grown[rows], times["bare reader and COPY"]
    asked = {size: file.queries() for size, file in files.items()}
    told = f"{rows:,} rows, {errors_in(rows):,} with errors"
    of_sizes = " / ".join(f"{size:,}" for size in files)
    return [
        Figure(
            f"{told}: read, kept, judged, first page of errors shown; against the bare reader and COPY",
            in_seconds(ours),
            in_seconds(bare),
            ours / bare,
            AGAINST_COPY,
        ),
        Figure("of which the page: every row judged, first errors shown", in_seconds(times["page alone"])),
        Figure(
            f"the same for {of_sizes} rows: the exponent of its growth",
            of_each([in_seconds(time) for time in grown.values()]),
            "",
            exponent(grown),
            GROWTH,
        ),
        Figure(f"queries for {of_sizes} rows", of_each(asked), "", float(max(asked.values())), QUERIES),
    ], ours


def sizes(rows: int) -> list[int]:
    """A tenth, three tenths and all of the rows, in whole hundreds."""
    return sorted({max(100, rows * tenths // 1000 * 100) for tenths in (1, 3, 10)})
