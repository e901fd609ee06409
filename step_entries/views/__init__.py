from .amending import AmendView
from .documents import StatementsFileView, StatementsView, StatementView
from .drafts import CheckView, DiscardDraftView, ResumeDraftView, StartEntryView, StepView
from .entries import ConfirmationView, EntryView
from .test_page import ClosingView, TestPageView
from .withdrawing import RestoreView, WithdrawView

__all__ = [
    "AmendView",
    "CheckView",
    "ClosingView",
    "ConfirmationView",
    "DiscardDraftView",
    "EntryView",
    "RestoreView",
    "ResumeDraftView",
    "StartEntryView",
    "StatementView",
    "StatementsFileView",
    "StatementsView",
    "StepView",
    "TestPageView",
    "WithdrawView",
]
