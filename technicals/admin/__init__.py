"""Cambridge Technicals in the administration."""

from . import approvals, catalogue, prices, series
from .submissions import SubmissionAdmin

__all__ = ["SubmissionAdmin", "approvals", "catalogue", "prices", "series"]
