"""The web form: Select assessment, Select candidates, Select entry options, Entry summary."""

from .assessment import AssessmentView, StartView
from .candidates import CandidatesView, NewCandidateView
from .options import OptionsView
from .summary import CancelView, SummaryView

__all__ = [
    "AssessmentView",
    "CancelView",
    "CandidatesView",
    "NewCandidateView",
    "OptionsView",
    "StartView",
    "SummaryView",
]
