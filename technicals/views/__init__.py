from .catalogue import (
    EntryCodesFileView,
    EntryCodesView,
    EntryRulesView,
    FeesFileView,
    FeesView,
    KeyDatesFileView,
    KeyDatesView,
)
from .copying import CopyView
from .entries import (
    CandidateEntriesView,
    CompletionView,
    RegistrationUndoView,
    RegistrationWithdrawView,
    UnitUndoView,
    UnitWithdrawView,
)
from .form import (
    AssessmentView,
    CancelView,
    CandidatesView,
    NewCandidateView,
    OptionsView,
    StartView,
    SummaryView,
)
from .home import HomeView
from .invoices import InvoiceFileView, InvoicesView, InvoiceView
from .prices import WhatIfView
from .submissions import SubmissionFileView, SubmissionNowView, SubmissionsFileView, SubmissionsView, SubmissionView

__all__ = [
    "AssessmentView",
    "CancelView",
    "CandidateEntriesView",
    "CandidatesView",
    "CompletionView",
    "CopyView",
    "EntryCodesFileView",
    "EntryCodesView",
    "EntryRulesView",
    "FeesFileView",
    "FeesView",
    "HomeView",
    "InvoiceFileView",
    "InvoiceView",
    "InvoicesView",
    "KeyDatesFileView",
    "KeyDatesView",
    "NewCandidateView",
    "OptionsView",
    "RegistrationUndoView",
    "RegistrationWithdrawView",
    "StartView",
    "SubmissionFileView",
    "SubmissionNowView",
    "SubmissionView",
    "SubmissionsFileView",
    "SubmissionsView",
    "SummaryView",
    "UnitUndoView",
    "UnitWithdrawView",
    "WhatIfView",
]
