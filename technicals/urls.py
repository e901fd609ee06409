from django.urls import path

from . import views

app_name = "technicals"
urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("entry-codes/", views.EntryCodesView.as_view(), name="entry-codes"),
    path("entry-codes.<slug:form>", views.EntryCodesFileView.as_view(), name="entry-codes-file"),
    path("fees/", views.FeesView.as_view(), name="fees"),
    path("fees.<slug:form>", views.FeesFileView.as_view(), name="fees-file"),
    path("key-dates/", views.KeyDatesView.as_view(), name="key-dates"),
    path("key-dates.<slug:form>", views.KeyDatesFileView.as_view(), name="key-dates-file"),
    path("entry-rules/", views.EntryRulesView.as_view(), name="entry-rules"),
    path("submissions/", views.SubmissionsView.as_view(), name="submissions"),
    path("submissions.<slug:form>", views.SubmissionsFileView.as_view(), name="submissions-file"),
    path("submissions/<str:number>/", views.SubmissionView.as_view(), name="submission"),
    path("submissions/<str:number>/now/", views.SubmissionNowView.as_view(), name="submission-now"),
    path("submissions/<str:number>/entries.<slug:form>", views.SubmissionFileView.as_view(), name="submission-file"),
]
