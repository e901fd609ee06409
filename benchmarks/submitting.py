"""Submit: every row judged under the lock and entered, beside COPY of every row that it writes."""

from dataclasses import dataclass
from functools import partial

from django.utils import timezone

from candidates.models import Candidate
from core.models import HistoryEntry
from technicals.kinds import TECHNICALS_ENTRIES
from technicals.models import FeeLine, Registration, Submission, UnitEntry
from uploads.models import Upload, UploadRow
from uploads.services import enter_queued, judge, submit_upload

from .database import Rows, copy_in, copy_of, empty, last_keys, rows_after
from .files import workbook
from .measuring import Act, Bound, Figure, in_seconds, medians
from .school import School
from .validating import queries_of, staged

AGAINST_COPY = Bound(limit=8, aim=4)
MADE = (Candidate, Registration, UnitEntry, FeeLine, HistoryEntry)
CHANGED = (Upload, UploadRow, Submission)
TABLES = (*MADE, *CHANGED)


@dataclass(frozen=True)
class Submitting:
    """What is measured with one file in which nothing is to mend."""

    school: School
    content: bytes

    def waiting(self) -> Upload:
        """An upload that is submitted and waits to be entered, in a database without another."""
        upload, seen = self.checked()
        at = timezone.now()
        submit_upload(upload=upload, kind=TECHNICALS_ENTRIES, by=self.school.officer, at=at, seen=seen)
        return upload

    def checked(self) -> tuple[Upload, str]:
        """An upload of which every row is ready, and the fingerprint of what its check page shows."""
        empty(TABLES)
        upload = staged(self.school, self.content)
        return upload, judge(upload=upload, kind=TECHNICALS_ENTRIES, at=timezone.now()).fingerprint

    def ours(self) -> Act:
        """Enter all rows, as the worker does."""
        upload = self.waiting()
        return lambda: self.enter(upload)

    def press(self) -> Act:
        """What the officer waits for: the rows are judged and the upload is queued."""
        upload, seen = self.checked()
        by, at = self.school.officer, timezone.now()
        return lambda: submit_upload(upload=upload, kind=TECHNICALS_ENTRIES, by=by, at=at, seen=seen)

    def enter(self, upload: Upload) -> None:
        """Enter the rows of an upload that waits."""
        if not enter_queued(upload_pk=upload.pk, at=timezone.now()):
            raise AssertionError("The rows were not entered.")

    def written(self) -> tuple[Rows, int]:
        """Every row that entering writes, by its table; and how many queries it asks."""
        upload = self.waiting()
        before = last_keys(MADE) | dict.fromkeys(CHANGED, 0)
        queries = queries_of(lambda: self.enter(upload))
        return rows_after(before), queries


def figures(school: School, rows: int, rounds: int) -> list[Figure]:
    """The lines of the table about Submit."""
    submitting = Submitting(school, workbook(rows, with_errors=False))
    written, queries = submitting.written()
    count = sum(content.count(b"\n") for content in written.values())

    def bare() -> Act:
        return partial(copy_in, {copy_of(table): content for table, content in written.items()})

    def with_foreign_keys() -> Act:
        empty(TABLES)
        return partial(copy_in, {table._meta.db_table: content for table, content in written.items()})

    ways = {"entered": submitting.ours, "pressed": submitting.press, "COPY": bare, "into our tables": with_foreign_keys}
    times = medians(ways, rounds)
    ours, copied, into_ours = times["entered"], times["COPY"], times["into our tables"]
    return [
        Figure(
            f"{rows:,} rows submitted: judged under the lock and entered in one transaction; against COPY of the "
            f"{count:,} rows written",
            in_seconds(ours),
            in_seconds(copied),
            ours / copied,
            AGAINST_COPY,
        ),
        Figure(
            "the same against COPY into our own tables, which looks at the foreign keys",
            in_seconds(ours),
            in_seconds(into_ours),
            ours / into_ours,
        ),
        Figure("the press of Submit before that: judged and queued", in_seconds(times["pressed"])),
        Figure(f"queries of entering {rows:,} rows", str(queries)),
    ]
