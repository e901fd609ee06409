"""Files to take away: a copy of the entries of a submission, the history as a list, and a run of invoices."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

from core.moments import in_words, uk_date
from core.tabular.cells import as_text
from core.tabular.writing import FORMS

from .codecs.template import COLUMNS, row_of
from .enums import UNIT_COLUMNS, Channel, SubmissionStatus
from .models import InvoiceRun, Registration, Submission, UnitEntry
from .queries.money import finance_rows, series_in_words
from .queries.submissions import registrations_of, unit_entries_of
from .rules.charges import charges_in_words
from .rules.statuses import STATUS_WORDS, WORDS_OF_TRANSFER, named_to_centres

Entry = Registration | UnitEntry
OF_CANDIDATE = ("candidate_number", "ocr_number", "uci", "uln", "last_name", "first_name", "middle_names")
"""Columns that have the name of what they hold."""
ADDED = ["Submission number", "Order number or reference", "Submitted", "Submitted by", "Kind", "Fee"]
ENTRY_HEADINGS = [*(heading for _, heading, _ in COLUMNS), *ADDED]
"""The columns of the template, and what the submission adds."""
HISTORY_HEADINGS = [
    "Submission number",
    "Date and time",
    "Channel",
    "File name",
    "Order number or reference",
    "Entry status",
    "Description",
    "Full awards",
    "Unit entries",
    "Entered already",
    "By",
]
FINANCE_FORMS = ("csv", "xlsx")
FINANCE_HEADINGS = [
    "Invoice number",
    "Date",
    "Centre number",
    "Centre name",
    "Order number or reference",
    "Reason code",
    "Kind",
    "Entry code",
    "Unit",
    "Series",
    "Submission number",
    "Pence",
    "Sample",
]
"""Codes, an ISO date and whole pence, as a finance system reads them in."""


def entries_file(*, submission: Submission, form: str) -> tuple[bytes, str]:
    """A copy of the entries of a submission in one of FORMS, in the layout of the template; with its content type.

    One row for each full award, and one for the units of a candidate under one entry code and series.
    """
    lines: list[Sequence[Entry]] = [[entry] for entry in registrations_of(submission)]
    lines = sorted([*lines, *_lines_of_units(unit_entries_of(submission))], key=_place_in_file)
    return _written("Entries", ENTRY_HEADINGS, [_entry_line(submission, entries) for entries in lines], form)


def history_file(*, submissions: Iterable[Submission], form: str) -> tuple[bytes, str]:
    """The entry submission history in one of FORMS, with its content type."""
    return _written("Entry submission history", HISTORY_HEADINGS, [_history_line(each) for each in submissions], form)


def finance_file(*, run: InvoiceRun, form: str) -> tuple[bytes, str]:
    """Each fee line that a run invoiced, in one of FINANCE_FORMS, with its content type; no candidate is named."""
    return _written("Invoices", FINANCE_HEADINGS, [_finance_line(line) for line in finance_rows(run)], form)


def _written(title: str, headings: Sequence[str], rows: Sequence[Sequence[str]], form: str) -> tuple[bytes, str]:
    write, content_type = FORMS[form]
    return write(title, headings, rows), content_type


def _place_in_file(entries: Sequence[Entry]) -> int:
    """The row of its file in which a line stands; 0 without a file."""
    return entries[0].row or 0


def _lines_of_units(entries: Iterable[UnitEntry]) -> list[list[UnitEntry]]:
    """Unit entries that stand in one row of the template, at most ten to a row."""
    ordered = sorted(entries, key=lambda entry: (*_place(entry), entry.unit.number))
    of_place = [list(group) for _, group in groupby(ordered, key=_place)]
    return [
        group[begin : begin + len(UNIT_COLUMNS)]
        for group in of_place
        for begin in range(0, len(group), len(UNIT_COLUMNS))
    ]


def _place(entry: UnitEntry) -> tuple[int, int, str, int]:
    return entry.row or 0, entry.candidate_id, entry.qualification.code, entry.series_id


def _entry_line(submission: Submission, entries: Sequence[Entry]) -> list[str]:
    entry = entries[0]
    return [
        *row_of(_answers(submission, entries)),
        submission.number,
        submission.order_number,
        in_words(submission.submitted_at),
        named_to_centres(submission.submitted_by),
        "Unit entry" if isinstance(entry, UnitEntry) else entry.qualification.get_entry_kind_display(),
        charges_in_words(line.amount for each in entries for line in each.fee_lines.all()),
    ]


def _answers(submission: Submission, entries: Sequence[Entry]) -> dict[str, str]:
    """What stands in a row of the template, by column; a full award has neither units nor a series."""
    entry, candidate = entries[0], entries[0].candidate
    units = [f"{each.unit.number:02}" for each in entries if isinstance(each, UnitEntry)]
    return {
        "centre_number": submission.centre.number,
        **{name: getattr(candidate, name) for name in OF_CANDIDATE},
        "date_of_birth": as_text(candidate.date_of_birth),
        "gender": candidate.get_gender_display(),
        "scheme_code": entry.qualification.code,
        **dict(zip(UNIT_COLUMNS, units, strict=False)),
        "series": str(entry.series) if units else "",
        "own_reference": entry.own_reference,
    }


def _history_line(submission: Submission) -> list[str]:
    counts = submission.counts or {}
    is_transfer = submission.channel == Channel.TRANSFER
    words = WORDS_OF_TRANSFER if is_transfer else STATUS_WORDS[SubmissionStatus(submission.status)]
    return [
        submission.number,
        in_words(submission.submitted_at),
        submission.get_channel_display(),
        submission.file_name,
        submission.order_number,
        submission.get_status_display(),
        words.description,
        *(str(counts.get(key) or 0) for key in ("registrations", "unit_entries", "already")),
        named_to_centres(submission.submitted_by),
    ]


def _finance_line(line: tuple[Any, ...]) -> list[str]:
    number, issued_at, *texts, unit, series_kind, series_year, submission, pence, is_sample = line
    return [
        number,
        uk_date(issued_at).isoformat(),
        *texts,
        "" if unit is None else f"{unit:02}",
        series_in_words(series_kind, series_year),
        submission,
        str(pence),
        "Yes" if is_sample else "No",
    ]
