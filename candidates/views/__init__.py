"""Pages of candidates and of groups."""

from .clashes import ClashesView, DifferView, MergeView
from .groups import (
    GroupDeleteView,
    GroupNewView,
    GroupRenameView,
    GroupsView,
    GroupView,
)
from .members import AddMembersView, MembersFileView, RemoveMembersView, RollOverView
from .records import CandidatesView, CandidateView, EditView, NewView

__all__ = [
    "AddMembersView",
    "CandidateView",
    "CandidatesView",
    "ClashesView",
    "DifferView",
    "EditView",
    "GroupDeleteView",
    "GroupNewView",
    "GroupRenameView",
    "GroupView",
    "GroupsView",
    "MembersFileView",
    "MergeView",
    "NewView",
    "RemoveMembersView",
    "RollOverView",
]
