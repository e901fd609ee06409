from django.urls import path, re_path

from . import views

FILE = r"\.(?P<form>xls|xlsx|csv)$"

app_name = "reports"
urlpatterns = [
    path("", views.OverviewView.as_view(), name="overview"),
    path("entries/", views.EntriesView.as_view(), name="entries"),
    path("report/", views.ReportView.as_view(), name="report"),
    re_path(rf"^report/entries{FILE}", views.ReportFileView.as_view(), name="report-file"),
    path("technicals-reports/", views.TechnicalsReportsView.as_view(), name="technicals"),
    path("technicals-reports/<slug:report>/", views.TechnicalsReportView.as_view(), name="technicals-report"),
    re_path(
        rf"^technicals-reports/(?P<report>[a-z-]+){FILE}",
        views.TechnicalsReportFileView.as_view(),
        name="technicals-report-file",
    ),
    # Calendar programs follow this address, whatever stands in the calendar.
    path("step/calendar/<slug:key>.ics", views.CalendarView.as_view(), name="calendar"),
]
