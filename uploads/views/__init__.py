"""The pages of uploads."""

from .checking import CheckView, ConfirmationView, ListView
from .mending import MendView, RowView
from .progress import ProgressNowView, ProgressView
from .receiving import HeadingsView, UploadView
from .templates import TemplateView
from .uploads import DiscardView, ResumeView, UploadsView

__all__ = [
    "CheckView",
    "ConfirmationView",
    "DiscardView",
    "HeadingsView",
    "ListView",
    "MendView",
    "ProgressNowView",
    "ProgressView",
    "ResumeView",
    "RowView",
    "TemplateView",
    "UploadView",
    "UploadsView",
]
