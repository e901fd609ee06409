"""The pages of uploads."""

from .checking import CheckView, ConfirmationView, ListView
from .mending import MendView, RowView
from .receiving import HeadingsView, TemplateView, UploadView
from .uploads import DiscardView, ResumeView, UploadsView

__all__ = [
    "CheckView",
    "ConfirmationView",
    "DiscardView",
    "HeadingsView",
    "ListView",
    "MendView",
    "ResumeView",
    "RowView",
    "TemplateView",
    "UploadView",
    "UploadsView",
]
