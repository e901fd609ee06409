"""Entries of a session as rows for the marking chain."""

from datetime import datetime
from typing import Any

from django.db import transaction

from core.history import record

from ..enums import EXPORTED_STATUSES, Exported
from ..models import StepEntry, StepSession

HEADINGS = [
    "Entry number",
    "Centre number",
    "First name",
    "Last name",
    "Date of birth",
    "Gender",
    "UCAS ID",
    "Papers",
    "Status",
]
"""Names are in their plain forms, dates of birth DD/MM/YYYY; every value is text."""


@transaction.atomic
def export_entries(*, session: StepSession, which: Exported, form: str, by: Any, at: datetime) -> list[list[str]]:
    """The entries by number, a row of texts each under HEADINGS; that they left the portal stands in the history.

    form: the kind of file that the rows are for, for the history.
    """
    entries = StepEntry.objects.filter(session=session, status__in=EXPORTED_STATUSES[which])
    rows = [_row(entry) for entry in entries.select_related("centre").order_by("number")]
    note = f"{len(rows)} entries as .{form}: {which.label}"
    record(by=by, at=at, action="step-session.exported", subjects=[session], note=note)
    return rows


def _row(entry: StepEntry) -> list[str]:
    return [
        entry.number,
        entry.centre.number,
        entry.plain_first_name,
        entry.plain_last_name,
        entry.date_of_birth.strftime("%d/%m/%Y"),
        entry.get_gender_display(),
        entry.ucas_id,
        entry.get_papers_display(),
        entry.get_status_display(),
    ]
