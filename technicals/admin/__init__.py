"""Cambridge Technicals in the administration."""

from . import approvals, catalogue, entries, fees, invoices, prices, series, transfers
from .submissions import SubmissionAdmin

__all__ = ["SubmissionAdmin", "approvals", "catalogue", "entries", "fees", "invoices", "prices", "series", "transfers"]
