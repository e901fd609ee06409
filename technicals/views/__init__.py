from .catalogue import (
    EntryCodesFileView,
    EntryCodesView,
    EntryRulesView,
    FeesFileView,
    FeesView,
    KeyDatesFileView,
    KeyDatesView,
)
from .home import HomeView
from .submissions import SubmissionFileView, SubmissionNowView, SubmissionsFileView, SubmissionsView, SubmissionView

__all__ = [
    "EntryCodesFileView",
    "EntryCodesView",
    "EntryRulesView",
    "FeesFileView",
    "FeesView",
    "HomeView",
    "KeyDatesFileView",
    "KeyDatesView",
    "SubmissionFileView",
    "SubmissionNowView",
    "SubmissionView",
    "SubmissionsFileView",
    "SubmissionsView",
]
