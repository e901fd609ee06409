from django.urls import path, re_path

from . import views

app_name = "reports"
urlpatterns = [
    path("", views.OverviewView.as_view(), name="overview"),
    path("entries/", views.EntriesView.as_view(), name="entries"),
    path("report/", views.ReportView.as_view(), name="report"),
    re_path(r"^report/entries\.(?P<form>xls|xlsx|csv)$", views.ReportFileView.as_view(), name="report-file"),
]
