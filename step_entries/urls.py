from django.urls import path, register_converter

from . import views


class EntryNumberConverter:
    """S and five digits; what looks otherwise is no entry's address."""

    regex = "S[0-9]{5}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(EntryNumberConverter, "entry_number")

app_name = "step_entries"
urlpatterns = [
    path("", views.TestPageView.as_view(), name="test-page"),
    path("closing/", views.ClosingView.as_view(), name="closing"),
    path("entries/new/", views.StartEntryView.as_view(), name="entry-start"),
    path("drafts/<uuid:key>/", views.ResumeDraftView.as_view(), name="draft-resume"),
    path("drafts/<uuid:key>/check/", views.CheckView.as_view(), name="draft-check"),
    path("drafts/<uuid:key>/discard/", views.DiscardDraftView.as_view(), name="draft-discard"),
    path("drafts/<uuid:key>/<slug:step>/", views.StepView.as_view(), name="draft-step"),
    path("entries/<entry_number:number>/", views.EntryView.as_view(), name="entry-detail"),
    path("entries/<entry_number:number>/confirmation/", views.ConfirmationView.as_view(), name="entry-confirmation"),
    path("entries/<entry_number:number>/edit/<slug:step>/", views.AmendView.as_view(), name="entry-amend"),
    path("entries/<entry_number:number>/withdraw/", views.WithdrawView.as_view(), name="entry-withdraw"),
    path("entries/<entry_number:number>/undo-withdrawal/", views.RestoreView.as_view(), name="entry-restore"),
    path("entries/<entry_number:number>/statement/", views.StatementView.as_view(), name="entry-statement"),
    path("statements/", views.StatementsView.as_view(), name="statements"),
    path("statements/file/", views.StatementsFileView.as_view(), name="statements-file"),
]
