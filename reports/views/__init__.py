from .calendar import CalendarView
from .overview import EntriesView, OverviewView, ReportFileView, ReportView
from .technicals import TechnicalsReportFileView, TechnicalsReportsView, TechnicalsReportView

__all__ = [
    "CalendarView",
    "EntriesView",
    "OverviewView",
    "ReportFileView",
    "ReportView",
    "TechnicalsReportFileView",
    "TechnicalsReportView",
    "TechnicalsReportsView",
]
