"""The report as a file that a centre takes away (decision 0013)."""

from datetime import datetime
from typing import Any

from django.utils.text import slugify

from core.moments import uk_date
from core.tabular.writing import FORMS
from step_entries.models import StepSession

from . import queries


def report_file(*, form: str, session: StepSession, centre: Any, user: Any, rows: str) -> tuple[bytes, str]:
    """The report in one of FORMS, with its content type; rows is one of ReportRows."""
    write, content_type = FORMS[form]
    table = queries.report_rows(session=session, centre=centre, user=user, rows=rows)
    return write("Entries", queries.report_headings(centre), table), content_type


def report_file_name(*, form: str, session: StepSession, centre: Any, at: datetime) -> str:
    """The centre's number, the session and the day, for example "61111-step-june-2027-2027-05-01.xls"."""
    return f"{centre.number}-{slugify(str(session))}-{uk_date(at).isoformat()}.{form}"
