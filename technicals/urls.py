from django.urls import path

from . import views

app_name = "technicals"
urlpatterns = [
    path("", views.HomeView.as_view(), name="home"),
    path("form/", views.StartView.as_view(), name="form"),
    path("form/<uuid:key>/", views.AssessmentView.as_view(), name="form-assessment"),
    path("form/<uuid:key>/candidates/", views.CandidatesView.as_view(), name="form-candidates"),
    path("form/<uuid:key>/candidates/new/", views.NewCandidateView.as_view(), name="form-candidate-new"),
    path("form/<uuid:key>/options/", views.OptionsView.as_view(), name="form-options"),
    path("form/<uuid:key>/summary/", views.SummaryView.as_view(), name="form-summary"),
    path("form/<uuid:key>/cancel/", views.CancelView.as_view(), name="form-cancel"),
    path("entry-codes/", views.EntryCodesView.as_view(), name="entry-codes"),
    path("entry-codes.<slug:form>", views.EntryCodesFileView.as_view(), name="entry-codes-file"),
    path("fees/", views.FeesView.as_view(), name="fees"),
    path("fees.<slug:form>", views.FeesFileView.as_view(), name="fees-file"),
    path("what-would-it-cost/", views.WhatIfView.as_view(), name="what-if"),
    path("copy/", views.CopyView.as_view(), name="copy"),
    path("key-dates/", views.KeyDatesView.as_view(), name="key-dates"),
    path("key-dates.<slug:form>", views.KeyDatesFileView.as_view(), name="key-dates-file"),
    path("entry-rules/", views.EntryRulesView.as_view(), name="entry-rules"),
    path("candidates/<uuid:key>/", views.CandidateEntriesView.as_view(), name="candidate"),
    path(
        "candidates/<uuid:key>/<slug:code>/withdraw/",
        views.RegistrationWithdrawView.as_view(),
        name="registration-withdraw",
    ),
    path("candidates/<uuid:key>/<slug:code>/undo/", views.RegistrationUndoView.as_view(), name="registration-undo"),
    path(
        "candidates/<uuid:key>/<slug:code>/completion/", views.CompletionView.as_view(), name="registration-completion"
    ),
    path(
        "candidates/<uuid:key>/<slug:code>/units/<int:unit>/<slug:series>/withdraw/",
        views.UnitWithdrawView.as_view(),
        name="unit-withdraw",
    ),
    path(
        "candidates/<uuid:key>/<slug:code>/units/<int:unit>/<slug:series>/undo/",
        views.UnitUndoView.as_view(),
        name="unit-undo",
    ),
    path("submissions/", views.SubmissionsView.as_view(), name="submissions"),
    path("submissions.<slug:form>", views.SubmissionsFileView.as_view(), name="submissions-file"),
    path("submissions/<slug:number>/", views.SubmissionView.as_view(), name="submission"),
    path("submissions/<slug:number>/now/", views.SubmissionNowView.as_view(), name="submission-now"),
    path("submissions/<slug:number>/entries.<slug:form>", views.SubmissionFileView.as_view(), name="submission-file"),
    path("invoices/", views.InvoicesView.as_view(), name="invoices"),
    path("invoices/<slug:number>/", views.InvoiceView.as_view(), name="invoice"),
    path("invoices/<slug:number>.<slug:form>", views.InvoiceFileView.as_view(), name="invoice-file"),
]
