"""What can be entered: qualifications, units, series, prices; what was entered; and what it costs."""

from .catalogue import Approval, Price, Qualification, Series, Unit
from .drafts import DraftEntry, EntryDraft
from .entries import Registration, UnitEntry
from .money import FeeLine, Invoice, InvoiceNumberCounter, InvoiceRun
from .submissions import Submission, SubmissionNumberCounter
from .transfers import Transfer

__all__ = [
    "Approval",
    "DraftEntry",
    "EntryDraft",
    "FeeLine",
    "Invoice",
    "InvoiceNumberCounter",
    "InvoiceRun",
    "Price",
    "Qualification",
    "Registration",
    "Series",
    "Submission",
    "SubmissionNumberCounter",
    "Transfer",
    "Unit",
    "UnitEntry",
]
