"""The reports as files that a centre takes away (decision 0013), and the table behind each."""

from datetime import datetime
from typing import Any

from django.utils.text import slugify

from core.moments import uk_date
from core.tabular.writing import FORMS
from step_entries.models import StepSession

from . import queries
from .codecs import TechnicalsAsked
from .enums import TechnicalsReport

TABLES = {
    TechnicalsReport.ENTRIES: queries.entries_table,
    TechnicalsReport.CANDIDATES: queries.candidates_table,
    TechnicalsReport.GROUPS: queries.groups_table,
    TechnicalsReport.FEES: queries.fees_table,
    TechnicalsReport.WATCH: queries.watch_table,
}


def report_file(*, form: str, session: StepSession, centre: Any, user: Any, rows: str) -> tuple[bytes, str]:
    """The report in one of FORMS, with its content type; rows is one of ReportRows."""
    write, content_type = FORMS[form]
    table = queries.report_rows(session=session, centre=centre, user=user, rows=rows)
    return write("Entries", queries.report_headings(centre), table), content_type


def report_file_name(*, form: str, session: StepSession, centre: Any, at: datetime) -> str:
    """The centre's number, the session and the day, for example "61111-step-june-2027-2027-05-01.xls"."""
    return f"{centre.number}-{slugify(str(session))}-{uk_date(at).isoformat()}.{form}"


def technicals_table(
    *, report: TechnicalsReport, centre: Any, user: Any, asked: TechnicalsAsked, at: datetime
) -> queries.Table:
    """One of the reports on Cambridge Technicals; it asks the same few queries for any number of rows."""
    return TABLES[report](centre=centre, user=user, asked=asked, at=at)


def technicals_file(*, form: str, report: TechnicalsReport, **asked: Any) -> tuple[bytes, str]:
    """A report on Cambridge Technicals in one of FORMS, with its content type; asked: as `technicals_table` takes."""
    write, content_type = FORMS[form]
    table = technicals_table(report=report, **asked)
    return write(report.label, table.headings, table.rows()), content_type


def technicals_file_name(*, form: str, report: TechnicalsReport, centre: Any, at: datetime) -> str:
    """For example "61111-cambridge-technicals-fees-2027-05-01.xls"."""
    return f"{centre.number}-cambridge-technicals-{report}-{uk_date(at).isoformat()}.{form}"
