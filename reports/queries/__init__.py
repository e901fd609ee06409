"""What the pages and reports show, one function each. Reads everything, writes nothing."""

from .breakdown import Breakdown, entries_breakdown
from .current import Elsewhere, drafts_not_entered, entries_elsewhere, entries_page, entries_shown, papers_on
from .due import Due, due_of_requests, due_of_step, soonest_first
from .due_technicals import due_of_technicals
from .report import report_headings, report_rows
from .technicals import Table, candidates_table, entries_table, groups_table
from .technicals_money import fees_table, watch_table
from .uploads import rows_not_entered

__all__ = [
    "Breakdown",
    "Due",
    "Elsewhere",
    "Table",
    "candidates_table",
    "drafts_not_entered",
    "due_of_requests",
    "due_of_step",
    "due_of_technicals",
    "entries_breakdown",
    "entries_elsewhere",
    "entries_page",
    "entries_shown",
    "entries_table",
    "fees_table",
    "groups_table",
    "papers_on",
    "report_headings",
    "report_rows",
    "rows_not_entered",
    "soonest_first",
    "watch_table",
]
