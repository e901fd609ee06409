"""What the pages and reports show, one function each. Reads everything, writes nothing."""

from .breakdown import Breakdown, entries_breakdown
from .current import Elsewhere, drafts_not_entered, entries_elsewhere, entries_page, entries_shown, papers_on
from .due import Due, what_is_due
from .report import report_headings, report_rows
from .uploads import rows_not_entered

__all__ = [
    "Breakdown",
    "Due",
    "Elsewhere",
    "drafts_not_entered",
    "entries_breakdown",
    "entries_elsewhere",
    "entries_page",
    "entries_shown",
    "papers_on",
    "report_headings",
    "report_rows",
    "rows_not_entered",
    "what_is_due",
]
