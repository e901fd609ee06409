from .entries import EntryNumberCounter, StepDraft, StepEntry, StepEntryCourse
from .runs import ConfirmationItem, ConfirmationRun
from .sessions import Course, Institution, SessionExtension, SessionNotice, SessionPaper, StepSession

__all__ = [
    "ConfirmationItem",
    "ConfirmationRun",
    "Course",
    "EntryNumberCounter",
    "Institution",
    "SessionExtension",
    "SessionNotice",
    "SessionPaper",
    "StepDraft",
    "StepEntry",
    "StepEntryCourse",
    "StepSession",
]
