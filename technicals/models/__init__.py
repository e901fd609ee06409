from .catalogue import Approval, Price, Qualification, Series, Unit
from .entries import Registration, UnitEntry
from .money import FeeLine
from .submissions import Submission, SubmissionNumberCounter

__all__ = [
    "Approval",
    "FeeLine",
    "Price",
    "Qualification",
    "Registration",
    "Series",
    "Submission",
    "SubmissionNumberCounter",
    "Unit",
    "UnitEntry",
]
